// Values as people read them: indented, and the words marked in which two of them differ.

const visible = (text) => text.replace(/[^\P{C}\n\t]|[\u2028\u2029]/gu, (char) => `\\u${char.codePointAt(0).toString(16).padStart(4, "0")}`);
const time = (text) => (text ? `${text.slice(0, 10)} ${text.slice(11, 23)} UTC` : "not on record");

// Indents JSON and leaves every token as it is: to read and write it again would round numbers and drop doubled keys.
function pretty(text) {
  try { JSON.parse(text); } catch { return visible(text); }
  let depth = 0;
  const line = () => `\n${"  ".repeat(depth)}`;
  return text.match(/"(?:[^"\\]|\\.)*"|[[\]{},:]|[^\s[\]{},:"]+/g).map((token, place, all) => {
    if (token === "{" || token === "[") {
      depth += 1;
      return /^[\]}]$/.test(all[place + 1]) ? token : token + line();
    }
    if (token === "}" || token === "]") {
      depth -= 1;
      return /^[[{]$/.test(all[place - 1]) ? token : line() + token;
    }
    return token === "," ? token + line() : token === ":" ? ": " : token;
  }).join("");
}

// Which lines of each side are not in the other, by the longest common subsequence.
function differing(left, right) {
  if (left.length * right.length > 250000) return [left.map((line) => !right.includes(line)), right.map((line) => !left.includes(line))];
  const common = Array.from({ length: left.length + 1 }, () => new Uint16Array(right.length + 1));
  for (let i = left.length - 1; i >= 0; i--) {
    for (let j = right.length - 1; j >= 0; j--) common[i][j] = left[i] === right[j] ? common[i + 1][j + 1] + 1 : Math.max(common[i + 1][j], common[i][j + 1]);
  }
  const marks = [left.map(() => true), right.map(() => true)];
  for (let i = 0, j = 0; i < left.length && j < right.length;) {
    if (left[i] === right[j]) marks[0][i++] = marks[1][j++] = false;
    else if (common[i + 1][j] >= common[i][j + 1]) i++;
    else j++;
  }
  return marks;
}
// The line of the other side that speaks of the same: of the same key, or the only one.
function counterpart(line, others) {
  const name = line.match(/^\s*"(?:[^"\\]|\\.)*": /)?.[0];
  return name ? others.find((other) => other.startsWith(name)) : others.length === 1 ? others[0] : undefined;
}
// A line that differs from its counterpart only in some words is marked only there.
function marked(line, others) {
  const other = counterpart(line, others) ?? line.match(/^\s*/)[0];
  const most = Math.min(line.length, other.length);
  const word = (char) => /[\p{L}\p{N}_.:+-]/u.test(char);
  let begin = 0;
  while (begin < most && line[begin] === other[begin]) begin++;
  let end = 0;
  while (end < most - begin && line.at(-1 - end) === other.at(-1 - end)) end++;
  while (begin > 0 && word(line[begin - 1])) begin--;
  while (end > 0 && word(line.at(-end))) end--;
  const middle = line.slice(begin, line.length - end);
  return [line.slice(0, begin), middle && make("mark", {}, middle), line.slice(line.length - end)];
}
function compared(expected, actual, marking) {
  const sides = [expected, actual].map((text) => pretty(text).split("\n"));
  const bare = sides.map((lines) => lines.map((line) => line.replace(/,$/, "")));
  const marks = marking ? differing(...bare) : bare.map((lines) => lines.map(() => false));
  const changes = bare.map((lines, side) => lines.filter((_, place) => marks[side][place]));
  const throughout = changes.every((lines, side) => lines.length === sides[side].length) && Math.max(...changes.map((lines) => lines.length)) > 1;
  return sides.map((lines, side) => {
    const box = make("pre", throughout ? { class: "all" } : {});
    lines.forEach((line, place) => {
      const parts = marks[side][place] && !throughout ? marked(bare[side][place], changes[1 - side]) : [bare[side][place]];
      box.append(...parts, line.slice(bare[side][place].length), place < lines.length - 1 ? "\n" : "");
    });
    return box;
  });
}
