// What the schemas of clients/js/schemas say of arguments and replies.
import assert from 'node:assert/strict';
import { readFileSync, readdirSync } from 'node:fs';
import addFormats from 'ajv-formats';
import Ajv from 'ajv/dist/2020.js';

const folder = new URL('../../../clients/js/schemas/', import.meta.url);

/** What PostgREST finds. */
export const functions = namesIn('functions');
const files = [
  ...functions.map((name) => `functions/${name}.json`),
  ...namesIn('operations').map((name) => `operations/${name}.json`),
];

const schemas = new Map(
  ['parts.json', 'refusals.json', ...files].map((file) => [addressOf(file), read(file)]),
);
const whole = load((schema) => schema);
const parts = load(withoutRequired);

/** The arguments that the schema of a function knows, and whether they may be left out. */
export function argumentsOf(name) {
  const { properties, required } = schemaAt(`${addressOf(`functions/${name}.json`)}#/properties/arguments`);
  return Object.keys(properties).map((argument) => ({ argument, optional: !required.includes(argument) }));
}

/** Every code that the schemas know of. */
export function refusalCodes() {
  const definitions = schemas.get(addressOf('refusals.json')).$defs;
  return Object.values(definitions).flatMap(({ properties }) => properties?.error_code.const ?? []);
}

/** Fails unless the function may answer so. */
export function assertFits(name, reply) {
  const reasons = misfits(whole, `functions/${name}.json`, reply);
  assert.deepEqual(reasons, [], `the schema of ${name} does not know ${JSON.stringify(reply)}`);
}

/** Fails unless some function may answer so; of what was made of a reply (`isWhole` false), keys may be missing. */
export function assertFitsSome(reply, isWhole) {
  const ajv = isWhole ? whole : parts;
  const fits = files.some((file) => misfits(ajv, file, reply).length === 0);
  assert.ok(fits, `no schema knows ${JSON.stringify(reply)}`);
}

/** What is wrong with a reply, seen from that branch of the schema which it says to be. */
function misfits(ajv, file, reply) {
  const says = (branch, key) => schemaAt(branch).properties?.[key]?.const === reply?.[key];
  const own = branchesOf(`${addressOf(file)}#/properties/reply`).filter(
    (branch) => says(branch, 'success') && says(branch, 'error_code'),
  );
  if (own.length !== 1) return [`${own.length} branches of it are for such a reply`];
  const fits = ajv.getSchema(own[0]);
  return fits(reply)
    ? []
    : fits.errors.map((error) => `${error.instancePath} ${error.message} ${JSON.stringify(error.params)}`);
}

/** The alternatives of a schema, as addresses of their own. */
function branchesOf(address) {
  const { $ref, oneOf } = schemaAt(address);
  if ($ref) return branchesOf(new URL($ref, address).href);
  return oneOf ? oneOf.flatMap((_, index) => branchesOf(`${address}/oneOf/${index}`)) : [address];
}

function schemaAt(address) {
  const [file, path] = address.split('#/');
  return path.split('/').reduce((schema, key) => schema[key], schemas.get(file));
}

function addressOf(file) {
  return new URL(file, folder).href;
}

function read(file) {
  return JSON.parse(readFileSync(new URL(file, folder), 'utf8'));
}

function namesIn(part) {
  return readdirSync(new URL(`${part}/`, folder)).map((file) => file.replace('.json', ''));
}

function load(change) {
  const ajv = addFormats(new Ajv({ allErrors: true, allowUnionTypes: true }));
  for (const [address, schema] of schemas) ajv.addSchema(change(schema), address);
  return ajv;
}

/** The same schema, of which nothing has to be there. */
function withoutRequired(schema) {
  return JSON.parse(JSON.stringify(schema), (key, value) =>
    key === 'required' && Array.isArray(value) ? [] : value,
  );
}
