/**
 * Who finds a row by its text, as names that stand in the search index: a row is entered under a name for each kind of reader that the
 * rules let in, and who searches looks under the names that are theirs. So a search opens nothing of what its asker may not see, and takes
 * no longer for it. A property test holds the names equal to the rules.
 */
import { type AudienceColumns, settingSql } from './rules.ts';

/** The names of a row by its visibility, owner and parties, as SQL. Those of whom it names come besides: see {@link searchNamesSql}. */
export function searchClassesSql({ owner, visibility, parties }: Omit<AudienceColumns, 'subjects'>): string {
  const above = `array['000000', left(${owner}, 2) || '0000', left(${owner}, 4) || '00', left(${owner}, 6)]`;
  return `case ${visibility}
    when 'PUBLIC' then array['P']
    when 'MEMBERS' then array['M ' || ${owner}, 'I ' || ${owner}]
    when 'INTERNAL' then array['I ' || ${owner}]
    when 'UPWARD' then array['I ' || ${owner}] || array(select distinct 'U ' || one from unnest(${above}) as one where one <> ${owner})
    when 'JOINT' then array(select distinct 'J ' || one from unnest(${parties} || ${owner}::text) as one)
    else '{}'::text[] end`;
}

/** The names under which the asker of a scope finds rows, as SQL: what is public has one for all, and an agency only looks in its regions. */
export const searchReachSql = `array_remove(array[
    case when ${settingSql('hub.public')} = 'yes' or ${settingSql('hub.shared_regions')} is not null then 'P' end,
    'M ' || ${settingSql('hub.member_of')}, 'I ' || ${settingSql('hub.staff_of')}, 'J ' || ${settingSql('hub.staff_of')},
    'U ' || ${settingSql('hub.below_lo')}, 'I ' || ${settingSql('hub.shared_by')}], null)`;

/** The regions in which the asker of a scope may read what is public, as SQL: null for all. */
export const searchRegionsSql = `${settingSql('hub.shared_regions')}::text[]`;

/**
 * Those whom a row names, and its receipt's hash: who is one of them finds it besides. What is public is found by whom it names under a name
 * of its own, for an agency alone looks for it so.
 */
export const searchNamesSql = {
  ofRow: ({ visibility, subjects, receipt }: { visibility: string; subjects: string; receipt: string }) =>
    `array(select case ${visibility} when 'PUBLIC' then 'Q ' else 'N ' end || one from unnest(${subjects}) as one)
      || case ${visibility} when 'PUBLIC' then '{}' else array_remove(array['R ' || nullif(${receipt}, '')], null) end`,
  ofAsker: `array(select 'N ' || one from unnest(${settingSql('hub.named')}::text[]) as one) || array_remove(array['R ' || ${settingSql('hub.receipt')}], null)`,
  ofAgency: `array(select 'Q ' || one from unnest(${settingSql('hub.named')}::text[]) as one)`,
};
