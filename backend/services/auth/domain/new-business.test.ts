import { describe, expect, it } from 'vitest';

import { businessSettings } from '../../../../src/shared/contracts/events/events';
import { COUNTRY_CODES } from '../../../../src/shared/domain/country-names';
import { settingsForNewBusiness } from './new-business';
import { countryOf, timeZoneFor } from './time-zones';

describe('a new business', () => {
  it('starts with what its country uses', () => {
    const settings = settingsForNewBusiness({ name: 'Acme', country: 'PL' }, 'a@acme.example');
    expect(settings).toMatchObject({
      name: 'Acme',
      address: { country: 'PL' },
      currency: 'PLN',
      language: 'pl',
      formats: 'pl-PL',
      paper: 'A4',
      timeZone: 'Europe/Warsaw',
    });
  });

  it('takes its country from its time zone where it does not say one', () => {
    const settings = settingsForNewBusiness({ time_zone: 'America/Chicago' }, 'a@acme.example');
    expect(settings).toMatchObject({
      address: { country: 'US' },
      currency: 'USD',
      paper: 'Letter',
      timeZone: 'America/Chicago',
    });
  });

  it('is named after the e-mail address, and sends nothing by itself', () => {
    const settings = settingsForNewBusiness({}, 'a@acme.example');
    expect(settings).toMatchObject({
      name: 'a@acme.example',
      timeZone: 'UTC',
      currency: 'USD',
      reminders: { enabled: false, daysAfterDue: [3, 10, 20] },
      sendReceipts: false,
    });
  });

  it('has valid settings in every country', () => {
    for (const country of COUNTRY_CODES) {
      const settings = settingsForNewBusiness({ country }, 'a@acme.example');
      expect(businessSettings.parse(settings)).toEqual(settings);
    }
  });

  it('has settings whatever the address in the pool looks like', () => {
    for (const email of ['x'.repeat(300), 'żółw@acme.example', 'no address']) {
      expect(settingsForNewBusiness({}, email)).toMatchObject({ email: '' });
    }
  });
});

describe('time zones', () => {
  it.each([
    ['DE', 'Europe/Berlin'],
    ['FR', 'Europe/Paris'],
    ['US', 'America/New_York'],
    ['ZZ', 'UTC'],
  ])('of %s begin with %s', (country, zone) => {
    expect(timeZoneFor(country)).toBe(zone);
  });

  it('tell a country, where they lie in one', () => {
    expect(countryOf('Europe/Warsaw')).toBe('PL');
    expect(countryOf('UTC')).toBeNull();
  });
});
