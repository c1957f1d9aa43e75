// In this place browsers with Trusted Types accept only what a policy made, and no plain text. TypeScript knows
// neither the policies nor what they make, which is accepted wherever text is; browsers without them accept the
// text.
interface Policy {
  createScriptURL: (address: string) => string;
}

declare global {
  var trustedTypes: { createPolicy: (name: string, rules: Policy) => Policy } | undefined;
}

const rules: Policy = {
  createScriptURL: (address) => {
    if (new URL(address).origin !== location.origin) throw new TypeError(address);
    return address;
  },
};

// One for the page, with the name that its Content-Security-Policy allows.
const policy = globalThis.trustedTypes?.createPolicy("contact-sheet", rules) ?? rules;

/** The address of a script that the build wrote, for a worker. Throws if it leads to another origin. */
export function trustedScript(address: string): string {
  return policy.createScriptURL(new URL(address, location.href).href);
}
