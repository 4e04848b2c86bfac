import type { Sharing } from '../classes.ts';

/** The same said in Chinese and in English. */
export interface Bilingual {
  readonly zh: string;
  readonly en: string;
}

/** What the catalogue says of a dataset beside its fields. */
export interface DatasetDescription {
  readonly name: string;
  readonly title: Bilingual;
  readonly description: Bilingual;
  /** CONDITIONAL where some of its fields are and others UNCONDITIONAL. */
  readonly sharing: Sharing;
  /** Each committee publishes its own records; the hub what is the same for all. */
  readonly publisher: 'COMMITTEE' | 'HUB';
  readonly licence: Bilingual;
  /** Of the EU's list of frequencies: http://publications.europa.eu/resource/authority/frequency/… */
  readonly updateFrequency: 'UPDATE_CONT' | 'ANNUAL' | 'IRREG';
  /** Of the EU's list of themes: http://publications.europa.eu/resource/authority/data-theme/… */
  readonly themes: readonly ('GOVE' | 'REGI' | 'SOCI')[];
  readonly keywords: { readonly zh: readonly string[]; readonly en: readonly string[] };
  /** What an agreement has to fulfil; of CONDITIONAL ones. */
  readonly conditions?: Bilingual;
  /** Why it may not be shared; of NOT_SHARED ones. */
  readonly legalGround?: Bilingual;
  /** An operation that reads some of it; none of NOT_SHARED ones. */
  readonly sampleQuery?: string;
}

type Shared = Pick<DatasetDescription, 'sharing' | 'licence' | 'conditions' | 'legalGround'>;

export const unconditional: Shared = {
  sharing: 'UNCONDITIONAL',
  licence: { zh: '注明来源即可使用', en: 'Free to use with the source named' },
};

/** `more` is asked for beside what every agreement has to fulfil. */
export const conditional = (more: Bilingual = { zh: '', en: '' }): Shared => ({
  sharing: 'CONDITIONAL',
  licence: {
    zh: '按共享协议约定的目的、范围和期限使用，不得转让',
    en: 'For the purpose, scope and time that the sharing agreement names, and not passed on',
  },
  conditions: {
    zh: `须与数据所属政协签订共享协议，写明字段、地区、目的、依据和期限，并经所属政协审批；个人信息默认脱敏。${more.zh}`,
    en: `An agreement with the committee whose data it is, approved by that committee, names fields, regions, purpose, legal basis and time. Personal data is masked by default. ${more.en}`.trim(),
  },
});

export const notShared = (legalGround: Bilingual): Shared => ({
  sharing: 'NOT_SHARED',
  licence: { zh: '不提供', en: 'Not available' },
  legalGround,
});

export const personalInformation: Bilingual = {
  zh: '《个人信息保护法》第二十三条、第二十五条、第二十八条',
  en: 'Personal Information Protection Law, articles 23, 25 and 28',
};
export const internalProcess: Bilingual = {
  zh: '参照《政府信息公开条例》第十六条：内部事务信息和过程性信息',
  en: 'After article 16 of the Regulations on Open Government Information: internal affairs and work in progress',
};
