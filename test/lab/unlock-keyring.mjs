// Unlocks a running gnome-keyring as its PAM module does at login: unlock-keyring.mjs CONTROL_SOCKET, password on
// stdin, run as the keyring's user. The message is that of gnome-keyring's pam/gkr-pam-client.c: one byte that
// carries the sender's credentials, then length, operation and the password, all numbers 32 bits, high byte first.
import { readFileSync } from 'node:fs';
import { connect } from 'node:net';

const unlockOperation = 1;
const password = readFileSync(0);
const message = Buffer.alloc(1 + 4 + 4 + 4 + password.length);
message.writeUInt32BE(message.length - 1, 1);
message.writeUInt32BE(unlockOperation, 5);
message.writeUInt32BE(password.length, 9);
password.copy(message, 13);

const socket = connect(process.argv[2] ?? '');
let answer = Buffer.alloc(0);
socket.on('data', (chunk) => {
  answer = Buffer.concat([answer, chunk]);
  // Length (8) and result; 0 is done.
  if (answer.length >= 8) process.exit(answer.readUInt32BE(4));
});
socket.on('end', () => process.exit(1));
socket.write(message);
