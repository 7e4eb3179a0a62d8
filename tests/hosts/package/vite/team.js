/** Who is there, in the pages that have components. */
export const OPTIONS = { writeKey: "WRITE_KEY", endpoint: "/hs" };
export const ADA = { id: "ada", traits: { plan: "trial" } };
export const GRACE = { id: "grace", traits: { plan: "trial" } };
export const ACCOUNT = { id: "acme", traits: { seats: 12 } };
