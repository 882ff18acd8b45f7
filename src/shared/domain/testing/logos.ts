import type { Logo } from '../business';

/** Two by one pixels, black and white. */
export const PNG_LOGO: Logo = {
  mime: 'image/png',
  width: 2,
  height: 1,
  base64:
    'iVBORw0KGgoAAAANSUhEUgAAAAIAAAABCAAAAADRSSBWAAAAC0lEQVR4nGNg+A8AAQIBAEK+vGgAAAAASUVORK5CYII=',
};

/** Three by two pixels, red. */
export const JPEG_LOGO: Logo = {
  mime: 'image/jpeg',
  width: 3,
  height: 2,
  base64:
    '/9j/4AAQSkZJRgABAQAAAQABAAD/2wBDAFA3PEY8MlBGQUZaVVBfeMiCeG5uePWvuZHI//////////////////////' +
    '//////////////////////////////2wBDAVVaWnhpeOuCguv/////////////////////////////////////////' +
    '////////////////////////////////wAARCAACAAMDASIAAhEBAxEB/8QAFQABAQAAAAAAAAAAAAAAAAAAAAP/xA' +
    'AUEAEAAAAAAAAAAAAAAAAAAAAA/8QAFQEBAQAAAAAAAAAAAAAAAAAAAgP/xAAUEQEAAAAAAAAAAAAAAAAAAAAA/9oA' +
    'DAMBAAIRAxEAPwCYArP/2Q==',
};
