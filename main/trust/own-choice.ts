import type { Certificate } from '../../shared/model/certificate.ts';
import type { ConsumerId } from '../../shared/model/consumer.ts';
import type { WantedClient } from './targets/target.ts';
import type { Presented } from './verify/verify-chain.ts';
import type { ReadCertificate } from './x509/read-certificate.ts';

/** What the user chose to trust, with all files read. */
export interface OwnChoice {
  readonly address: string;
  readonly insecure: boolean;
  /** Finds the certificate to trust for what the server showed. @throws RegentError when there is none */
  readonly choose: (presented: Presented, now: number) => ReadCertificate;
  readonly client: WantedClient | null;
  readonly consumers: readonly ConsumerId[] | undefined;
  /** Certificates of earlier trusts that go. */
  readonly replaces: readonly Certificate[];
}
