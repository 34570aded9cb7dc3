// Tells a story step by step: what happens, the request as the story's source has it, the reply.
import { inspect, isDeepStrictEqual, stripVTControlCharacters } from 'node:util';

const WIDTH = 88;
const MARGIN = 4;
const isColoured = process.stdout.isTTY && !process.env.NO_COLOR;
const paint = (code) => (text) => (isColoured ? `\x1b[${code}m${text}\x1b[0m` : text);
const bold = paint(1);
const cyan = paint(36);
const dim = paint(2);
const red = paint(31);

let step = 0;

/** Prints a paragraph. */
export function say(text) {
  console.log(`${wrap(text.split(/\s+/), ' ')}\n`);
}

/** Sends one request and prints it; stops the story where the reply lacks something expected. */
export async function tell(what, request, expected) {
  step += 1;
  console.log(bold(wrap(`${step}. ${what}`.split(/\s+/), ' ')) + '\n');
  console.log(indent(cyan(sourceOf(request))) + '\n');
  const { data, error } = await request();
  if (error) stop(error, expected);
  console.log(indent(`→ ${render(data).replaceAll('\n', '\n  ')}`) + '\n');
  if (!matches(data, expected)) stop(data, expected);
  return data;
}

function stop(got, expected) {
  console.log(red('This is not what the story says.'));
  console.log(`expected: ${JSON.stringify(expected)}\ngot:      ${JSON.stringify(got)}`);
  process.exit(1);
}

/** Everything expected is there; what the story can't know, such as a new id, may be there as well. */
function matches(got, expected) {
  if (typeof expected !== 'object' || expected === null || Array.isArray(expected))
    return isDeepStrictEqual(got, expected);
  return (
    typeof got === 'object' &&
    got !== null &&
    Object.entries(expected).every(([key, value]) => isDeepStrictEqual(got[key], value))
  );
}

/** What is shown is what runs: the function's text, less its arrow and the indentation of the story. */
function sourceOf(request) {
  return request
    .toString()
    .replace(/^\(\) => /, '')
    .replaceAll(/^  /gm, '');
}

function render(value) {
  if (typeof value === 'string') return value;
  if (Array.isArray(value)) return value.map(render).join('\n');
  const pairs = (object) => Object.entries(object).map(([key, entry]) => `${dim(`${key}:`)} ${plain(entry)}`);
  return typeof value === 'object' && value !== null ? `{ ${wrap(pairs(value), ', ', 2)} }` : plain(value);
}

const plain = (value) => inspect(value, { breakLength: Infinity, depth: null });

/** Joins pieces into lines that fit the screen. */
function wrap(pieces, separator, hang = 0) {
  const lines = [''];
  for (const piece of pieces) {
    const last = lines.at(-1);
    const joined = last ? last + separator + piece : piece;
    const fits = stripVTControlCharacters(joined).length + hang <= WIDTH - MARGIN;
    if (fits || !last) lines[lines.length - 1] = joined;
    else lines.push(piece);
  }
  return lines.join(`${separator.trimEnd()}\n${' '.repeat(hang)}`);
}

const indent = (text) => text.replaceAll(/^/gm, ' '.repeat(MARGIN));
