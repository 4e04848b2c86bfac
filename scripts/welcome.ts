/** The one screen that a started hub shows. */
export function welcome(hub: {
  url: string;
  place: string;
  waiting: number;
  development: boolean;
  seconds: number;
}): string {
  return `
  政协协商联动平台 · CPPCC hub                     ready in ${hub.seconds.toFixed(1)} s

  Explorer    ${hub.url}/
  GraphQL     ${hub.url}/graphql
  Schema      ${hub.url}/schema.graphql
  Token       ${hub.development ? 'pnpm token --role staff --committee 330100' : 'from the identity provider of HUB_JWKS_URL'}
  Data        ${hub.place}
  Waiting     ${hub.waiting} records wait for a type that comes later
  Stop        Ctrl-C
`;
}
