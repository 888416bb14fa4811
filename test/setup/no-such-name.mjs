// The sandbox's name server: every name that is not in /etc/hosts does not exist (NXDOMAIN, RFC 1035 4.1.1).
// Without it an unknown name would be a name server that cannot be reached: another error, and a slow one.
import { createSocket } from 'node:dgram';

const socket = createSocket('udp4');
socket.on('message', (query, from) => {
  if (query.length < 12) return;
  const answer = Buffer.from(query);
  answer.writeUInt16BE(0x8183, 2); // response, recursion desired and available, code 3
  answer.writeUInt16BE(0, 6);
  answer.writeUInt16BE(0, 8);
  socket.send(answer, from.port, from.address);
});
// The sandbox waits for this line before it goes on.
socket.bind(53, '127.0.0.1', () => console.log('ready'));
