// Signing in by a passkey, and adding one. Without this script, or in a browser that knows no passkeys,
// the page offers a link by e-mail.

const bytes = (text) => Uint8Array.from(atob(text.replaceAll("-", "+").replaceAll("_", "/")), (letter) => letter.charCodeAt(0));
const text = (buffer) => btoa(String.fromCharCode(...new Uint8Array(buffer))).replaceAll("+", "-").replaceAll("/", "_").replace(/=+$/, "");

async function ask(path, body) {
  const answer = await fetch(path, { method: "POST", headers: { "content-type": "application/json" }, body: JSON.stringify(body ?? {}) });
  if (!answer.ok) throw new Error("refused");
  return answer.json();
}

/** What the authenticator gave, as JSON takes it. */
function told(credential) {
  const response = {};
  for (const part of ["clientDataJSON", "attestationObject", "authenticatorData", "signature", "userHandle"]) {
    if (credential.response[part]) response[part] = text(credential.response[part]);
  }
  return { id: credential.id, rawId: text(credential.rawId), type: credential.type, response, extensions: credential.getClientExtensionResults() };
}

const listed = (list) => list?.map((known) => ({ ...known, id: bytes(known.id) }));

const ways = {
  async "sign-in"() {
    const { token, options } = await ask("/passkeys/ask");
    const wanted = options.publicKey;
    const publicKey = { ...wanted, challenge: bytes(wanted.challenge), allowCredentials: listed(wanted.allowCredentials) };
    return ask("/passkeys/sign-in", { token, credential: told(await navigator.credentials.get({ publicKey })) });
  },
  async add() {
    const { token, options } = await ask("/passkeys/new");
    const wanted = options.publicKey;
    const publicKey = {
      ...wanted,
      challenge: bytes(wanted.challenge),
      user: { ...wanted.user, id: bytes(wanted.user.id) },
      excludeCredentials: listed(wanted.excludeCredentials),
    };
    return ask("/passkeys", { token, credential: told(await navigator.credentials.create({ publicKey })) });
  },
};

for (const part of document.querySelectorAll("[data-passkey]")) {
  if (!globalThis.PublicKeyCredential) continue;
  part.hidden = false;
  const [button, said] = [part.querySelector("button"), part.querySelector("[role=status]")];
  button.addEventListener("click", async () => {
    button.disabled = true;
    said.hidden = true;
    try {
      location.assign((await ways[part.dataset.passkey]()).to);
    } catch {
      said.hidden = false;
      button.disabled = false;
    }
  });
}
