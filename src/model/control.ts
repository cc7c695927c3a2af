/** A requirement by number, with our own words elsewhere: `pci-dss-4.0.1:1.3.1`. */
export type ControlId = `pci-dss-4.0.1:${string}` | `pci-dss-3.2.1:${string}`;
