/** Mantine's mixins and functions in the CSS modules of the renderer. */
module.exports = {
  plugins: {
    'postcss-preset-mantine': {},
  },
};
