// Run as an ordinary user: allows plain HTTP for Docker without root, or takes it back; says on stdout what came of it.
//   node --import tsx insecure-as-user.ts ADDRESS            allow
//   node --import tsx insecure-as-user.ts ADDRESS revoke     take back
import { openLabMachine } from './matrix/lab-machine.ts';

const [address = '', way] = process.argv.slice(2);
const { trust } = await openLabMachine({ ofUser: true });

if (way === 'revoke') console.log(JSON.stringify(await trust.revoke({ address })));
else {
  const wish = { address, insecure: true, consumers: ['docker-rootless'] as const };
  const plan = await trust.plan(wish);
  console.log(JSON.stringify((await trust.apply(plan.planId)).consumers));
}
