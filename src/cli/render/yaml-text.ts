/** Loaded when YAML is asked for; a static import here lets the bundler see to the package's module format. */
export { stringify } from 'yaml';
