export { type Classes, classesOf, type FieldClass, type Sharing } from './classes.ts';
