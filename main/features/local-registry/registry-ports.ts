/** People expect 5000, but on macOS it is often taken. */
export const usualPorts = [5000, 5001, 5002, 5003, 5004, 5005, 5050, 5051] as const;

/** Those of caches stand apart, so that none is in the way of the registry. */
export const cachePorts = [5010, 5011, 5012, 5013, 5014, 5015, 5016, 5017] as const;
