import type { Handlers } from '../../../shared/contract/handlers.ts';
import { RegentError } from '../../../shared/errors/index.ts';
import type { ExportedFile, ExportFormat } from '../../../shared/model/trust.ts';
import { ca } from './certificates.ts';
import { foundConsumers } from './consumers.ts';
import { pause } from './pause.ts';
import { proofFor } from './proofs.ts';
import { mendPlan, planFor, trustEntry } from './trust.ts';
import { someTime, type World } from './world.ts';

/** Serves the trust part of the contract from an imagined world. */
export function trustHandlers(world: World): Handlers['trust'] {
  const keep = <Plan extends ReturnType<typeof planFor>>(plan: Plan): Plan => {
    world.plans.set(plan.planId, plan);
    return plan;
  };
  const entriesAt = (address: string | undefined) => {
    const all = [...world.trusts.values()];
    const entries = all.filter((entry) => address === undefined || entry.address === address);
    if (entries.length === 0) throw new RegentError('TRUST_NOT_FOUND', { address: address ?? '' });
    return entries;
  };
  let plans = 0;
  const nextId = () => {
    plans += 1;
    return `plan-${plans}`;
  };
  return {
    consumers: () => foundConsumers,
    plan: (input) => {
      world.planned.push(input);
      return keep(planFor(nextId(), input));
    },
    apply: async ({ planId }) => {
      const plan = world.plans.get(planId);
      if (!plan) throw new RegentError('PLAN_UNKNOWN', { planId });
      world.plans.delete(planId);
      await pause(200);
      if (world.declinesLeft > 0) {
        world.declinesLeft -= 1;
        throw new RegentError('TRUST_DECLINED', { address: plan.address });
      }
      const { address, kind } = plan;
      const ids = plan.consumers.map(({ id }) => id);
      if (kind === 'mend') world.messes = [];
      else world.trusts.set(address, { ...trustEntry(address, kind, ids, someTime), drift: [] });
      return {
        address,
        kind,
        sha256: plan.certificate?.sha256 ?? null,
        consumers: plan.consumers.map(({ id, status, changes, effect, live, notes }) => ({
          ...{ id, changes: [...changes], effect, live, notes: [...notes], problem: null },
          status: status === 'to-do' ? ('applied' as const) : status,
        })),
        reverted: plan.replaces.map(({ sha256 }) => ({
          consumer: 'docker-engine' as const,
          path: `/etc/docker/certs.d/${address}/regent-${sha256.slice(0, 16)}.crt`,
          action: 'removed' as const,
        })),
      };
    },
    proof: async ({ address }) => {
      await pause(200);
      const isLetIn = (world.accounts.inUse(address)?.refusedAt ?? null) === null;
      return { address, proof: [...proofFor(address, world.scenario.engine, isLetIn)] };
    },
    list: () => [...world.trusts.values()],
    planRevoke: ({ address }) => {
      const files = entriesAt(address).flatMap((entry) => entry.files);
      return {
        address: address ?? null,
        changes: files.map((path) => ({
          consumer: 'docker-engine' as const,
          change: { kind: 'remove' as const, path },
        })),
        elevated: true,
        script: files.map((path) => `sudo rm ${path}`).join('\n'),
      };
    },
    revoke: ({ address }) => {
      const entries = entriesAt(address);
      for (const entry of entries) world.trusts.delete(entry.address);
      return {
        address: address ?? null,
        reverted: entries
          .flatMap(({ files }) => files)
          .map((path) => ({
            consumer: 'docker-engine' as const,
            path,
            action: 'removed' as const,
          })),
      };
    },
    messes: () => [...world.messes],
    planMend: ({ messId }) => {
      const mess = world.messes.find(({ id }) => id === messId);
      if (!mess) throw new RegentError('MESS_UNKNOWN', { messId });
      return keep(mendPlan(nextId(), mess.address));
    },
    export: ({ address, format }) => ({ files: [...exportOf(address, format)] }),
    saveExport: ({ address, format }) => {
      const [first] = exportOf(address, format);
      return { path: `/home/ada/${first?.path}` };
    },
    readBundle: ({ text }) => {
      if (!text.startsWith('{'))
        throw new RegentError('TRUST_BUNDLE_INVALID', { reason: 'notJson' });
      const { address } = JSON.parse(text) as { address: string };
      return { address, kind: 'ca', certificates: [ca] };
    },
    chooseFile: ({ purpose }) => ({ path: world.files[purpose] }),
  };
}

function exportOf(address: string, format: ExportFormat): readonly ExportedFile[] {
  if (format === 'ansible') {
    return [
      { path: 'tasks/main.yml', mode: '0644', content: `- name: Trust ${address}\n` },
      { path: 'defaults/main.yml', mode: '0644', content: 'regent_trust: present\n' },
    ];
  }
  const content = `#!/bin/sh\n# Trusts ${address}\n${'install -d -m 755 /etc/docker\n'.repeat(30)}`;
  return [
    { path: `regent-trust-nas.${format === 'shell' ? 'sh' : format}`, mode: '0755', content },
  ];
}
