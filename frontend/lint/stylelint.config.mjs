// What the product's own style sheets may say. Run from the root of the repository.
export default {
  extends: ["stylelint-config-recommended"],
  plugins: ["stylelint-no-unsupported-browser-features"],
  reportNeedlessDisables: true,
  reportDescriptionlessDisables: true,
  rules: {
    "no-descending-specificity": null, // sheets are laid out by concern; the order of the links decides
    "plugin/no-unsupported-browser-features": [
      true,
      {
        browsers: ["chrome 92"],
        ignorePartialSupport: true,
      },
    ],
    "color-named": "never",
    "color-no-hex": true, // a colour is written in colours.css and used by its name
    "function-disallowed-list": ["rgb", "rgba", "hsl", "hsla"],
    "color-hex-length": "long",
    "custom-property-pattern": "^[a-z][a-z0-9-]*$",
    "selector-class-pattern": "^[a-z][a-z0-9-]*$",
    "selector-max-id": 0,
    "max-nesting-depth": 0,
  },
};
