export { type CatalogField, catalogFields, catalogFile, catalogOf, catalogText, datasetFaults } from './catalog.ts';
export { type Ceiling, ceilingOf, declaredCeiling, declaredCeilings, isPageLength, tellCeilings } from './ceilings.ts';
export {
  type Classes,
  classesOf,
  type FieldClass,
  requireClasses,
  type Sharing,
  sharingSpecification,
} from './classes.ts';
export { type Bilingual, conditional, type DatasetDescription, datasets, unconditional } from './datasets/index.ts';
