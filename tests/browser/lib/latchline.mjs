// The real program, started as a newcomer starts it.
import { spawn } from "node:child_process";
import { once } from "node:events";
import { createServer } from "node:net";
import { fileURLToPath } from "node:url";

const built = fileURLToPath(new URL("../../../target/debug/latchline", import.meta.url));

async function freePort() {
  const listener = createServer().listen(0, "127.0.0.1");
  await once(listener, "listening");
  const { port } = listener.address();
  listener.close();
  await once(listener, "close");
  return port;
}

/** Starts `latchline demo`, in a database if one is named, and waits, at most thirty seconds, for the address that it prints. */
export async function startDemo({ database } = {}) {
  const where = database ? ["--database", database] : [];
  const program = spawn(process.env.LATCHLINE_BIN ?? built, ["demo", "--listen", `127.0.0.1:${await freePort()}`, ...where], {
    stdio: ["ignore", "pipe", "pipe"],
  });
  let said = "";
  const address = await new Promise((resolve, reject) => {
    const late = setTimeout(() => reject(new Error(`no address after 30 seconds; it said:\n${said}`)), 30_000);
    const hear = (chunk) => {
      said += chunk;
      const printed = said.match(/https?:\/\/[^\s"'<>]+\/demo\b/)?.[0];
      if (!printed) return;
      clearTimeout(late);
      resolve(new URL(printed));
    };
    program.stdout.setEncoding("utf8").on("data", hear);
    program.stderr.setEncoding("utf8").on("data", hear);
    program.on("error", reject);
    program.on("exit", (code, signal) => {
      clearTimeout(late);
      reject(new Error(`it ended with ${code ?? signal}; it said:\n${said}`));
    });
  }).catch((error) => {
    program.kill("SIGKILL");
    throw new Error(`latchline demo did not start: ${error.message}`);
  });
  return {
    /** The page of phones. */
    phones: address,
    /** The console. */
    console: new URL("/", address),
    /** Everything the program wrote so far. */
    said: () => said,
    /** Asks it to stop, as Ctrl-C does, and tells how it ended; one that hangs is killed. */
    async stop() {
      if (program.exitCode !== null || program.signalCode !== null) return { code: program.exitCode, signal: program.signalCode };
      const ended = once(program, "exit");
      program.kill("SIGINT");
      const impatience = setTimeout(() => program.kill("SIGKILL"), 10_000);
      const [code, signal] = await ended;
      clearTimeout(impatience);
      return { code, signal };
    },
  };
}
