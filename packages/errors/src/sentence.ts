export type Language = 'zh' | 'en';

/** What an error may tell besides its code: short public facts such as an argument's name, a limit, or names of fields. */
export type ErrorDetails = Readonly<Record<string, string | number | readonly string[]>>;

/** A sentence with each `{name}` in it filled from the details. */
export function filled(sentence: string, details: ErrorDetails, language: Language = 'en'): string {
  return sentence.replace(/\{(\w+)\}/g, (_, name: string) => {
    const told = details[name];
    return told === undefined
      ? '?'
      : typeof told === 'object'
        ? told.join(language === 'zh' ? '、' : ', ')
        : String(told);
  });
}
