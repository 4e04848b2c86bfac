import { codeConnection, type PageArguments, searchedConnectionResolvers } from '@hub/connections';
import { readSources } from '@hub/facts';
import {
  type Committee,
  type CommitteeLevel,
  committees,
  directoryDays,
  type Region,
  type RegionLevel,
  regions,
} from '@hub/regions';
import { committeeByCode, type Resolvers, rangeOf, regionByCode } from '@hub/subgraph-server';

interface DirectoryArguments<Level> extends PageArguments {
  readonly within?: string | null;
  readonly parent?: string | null;
  readonly level?: Level | null;
  readonly text?: string | null;
  readonly on?: string | null;
}

/** Null arguments left out, a malformed code refused. */
function filterOf<Level>({ within, parent, level, text, on }: DirectoryArguments<Level>) {
  if (within != null) rangeOf(within, 'within');
  if (parent != null) rangeOf(parent, 'parent');
  return {
    within: within ?? undefined,
    parent: parent ?? undefined,
    level: level ?? undefined,
    text: text ?? undefined,
    on: on ?? undefined,
  };
}

const present = <Thing>(thing: Thing | null): thing is Thing => thing !== null;
const committeesByCode = (codes: readonly string[]) => codes.map(committeeByCode).filter(present);
const regionsByCode = (codes: readonly string[]) => codes.map(regionByCode).filter(present);

export const directoryResolvers: Resolvers = {
  Query: {
    committee: (_, { code }: { code: string }) => committeeByCode(code),
    committees: (_, args: DirectoryArguments<CommitteeLevel>) => {
      const filter = filterOf(args);
      return codeConnection(() => committees(filter), args);
    },
    region: (_, { code }: { code: string }) => regionByCode(code),
    regions: (_, args: DirectoryArguments<RegionLevel>) => {
      const filter = filterOf(args);
      return codeConnection(() => regions(filter), args);
    },
    regionDirectory: () => directoryDays,
    sources: () => readSources(),
  },
  Committee: {
    parent: ({ parent }: Committee) => (parent === null ? null : committeeByCode(parent)),
    children: ({ code }: Committee, page: PageArguments) => codeConnection(committees({ parent: code }), page),
    successors: ({ successors }: Committee) => committeesByCode(successors),
    predecessors: ({ predecessors }: Committee) => committeesByCode(predecessors),
  },
  Region: {
    parent: ({ parent }: Region) => (parent === null ? null : regionByCode(parent)),
    children: ({ code }: Region, args: DirectoryArguments<RegionLevel>) =>
      codeConnection(regions({ ...filterOf(args), parent: code }), args),
    committee: ({ code }: Region) => committeeByCode(code),
    successors: ({ successors }: Region) => regionsByCode(successors),
    predecessors: ({ predecessors }: Region) => regionsByCode(predecessors),
  },
  CommitteeConnection: searchedConnectionResolvers,
  RegionConnection: searchedConnectionResolvers,
};
