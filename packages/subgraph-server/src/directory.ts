import type { Period, Quantity } from '@hub/database';
import { type Committee, committee, type Region, region } from '@hub/regions';
import type { Resolvers } from './resolvers.ts';

/** Committee and region by code, as every subgraph knows them from the directory; null for a code that never was one. */
export const committeeByCode = (code: string): Committee | null => committee(code) ?? null;
export const regionByCode = (code: string): Region | null => region(code) ?? null;

const precisions: Readonly<Record<number, string>> = { 4: 'YEAR', 7: 'MONTH', 10: 'DAY' };

/** Resolvers of the shared types. */
export const directoryResolvers: Resolvers = {
  Committee: {
    __resolveReference: ({ code }: { code: string }) => committeeByCode(code),
    id: ({ code }: Committee) => `committee:${code}`,
    region: ({ code }: Committee) => regionByCode(code),
  },
  Region: {
    id: ({ code }: Region) => `region:${code}`,
    __resolveReference: ({ code }: { code: string }) => regionByCode(code),
  },
  Period: {
    precision: ({ start }: Period) => (start ? precisions[start.length] : null),
    yearInferred: ({ yearInferred }: Period) => yearInferred ?? false,
  },
  StepEvent: {
    committee: ({ committee }: { committee: string | null }) => (committee ? committeeByCode(committee) : null),
  },
  Quantity: {
    atLeast: ({ qualifier }: Quantity) => qualifier === 'AT_LEAST',
  },
};

/** A total that the hub counted. */
export function countedTotal(value: number) {
  return { value, atLeast: false, text: String(value), basis: 'COUNTED', asOf: null, source: null };
}

/** A total that a source reports. */
export function reportedTotal(
  figure: { readonly value: Quantity; readonly asOf?: Period | null | undefined },
  source: string | null,
) {
  return {
    value: figure.value.value,
    atLeast: figure.value.qualifier === 'AT_LEAST',
    text: figure.value.text,
    basis: 'REPORTED',
    asOf: figure.asOf ?? null,
    source,
  };
}
