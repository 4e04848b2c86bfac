const characters = '0123456789ABCDEFGHJKLMNPQRTUWXY';

/** Whether a text is a 统一社会信用代码: 18 characters of GB 32100-2015, the last of which checks the others. */
export function isCreditCode(text: string): boolean {
  const values = [...text].map((character) => characters.indexOf(character));
  if (values.length !== 18 || values.includes(-1)) return false;
  const sum = values.slice(0, 17).reduce((total, value, at) => total + value * 3 ** at, 0);
  return values[17] === (31 - (sum % 31)) % 31;
}
