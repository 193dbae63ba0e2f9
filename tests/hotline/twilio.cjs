// Walks the Twilio function: node twilio.cjs FOLDER. Every document must be as TwiML
// has it, every sound must be there, every article be read after its number.
const fs = require('fs');
const assert = require('assert');
const [folder] = process.argv.slice(2);
const { answer } = require(fs.realpathSync(`${folder}/twilio/function.js`));
const line = JSON.parse(fs.readFileSync(`${folder}/hotline.json`));

function ask(at) {
  const xml = answer(line, 'https://s.example.org', '/line', at);
  const open = [];
  for (const [tag, close, name, self] of xml.matchAll(/<(\/?)(\w+)[^>]*?(\/?)>/g)) {
    if (self) continue;
    if (close) assert.equal(open.pop(), name, tag);
    else open.push(name);
  }
  assert.deepEqual(open, []);
  const plays = [...xml.matchAll(/<Play>https:\/\/s\.example\.org\/(.*?)<\/Play>/g)].map((m) => m[1]);
  for (const file of plays) assert(fs.existsSync(`${folder}/sounds/${file}`), file);
  const action = /action="\/line\?(.*?)"/.exec(xml);
  const next = action && Object.fromEntries(new URLSearchParams(action[1].replace(/&amp;/g, '&')));
  return { xml, plays, next };
}

const call = (keys) => {
  let at = ask({});
  for (const key of keys) at = ask({ ...at.next, pressed: key });
  return at;
};

assert.deepEqual(call([]).plays, ['prompts/greeting.ulaw', 'prompts/main.ulaw']);
for (const story of line.articles) {
  const at = call(['2', String(story.number)]);
  const number = String(story.number).padStart(3, '0');
  assert.deepEqual(at.plays, [`pieces/${number}-normal-001.ulaw`]);
}
assert.match(call(['2', '1', '7']).plays.join(), /pieces\/001-slow-001/);
assert.match(call(['2', '1', '9']).plays.join(), /pieces\/001-fast-001/);
assert.match(call(['2', '1', '8']).plays.join(), /pieces\/002-normal-001/);
assert.match(call(['2', '1', '0']).plays.join(), /reading-help.*pieces\/001/);
assert.match(call(['2', '1', '3']).plays.join(), /reading-wrong.*pieces\/001/);
assert.match(call(['2', '1', '*']).plays.join(), /title-1/);
assert.match(call(['2', '1', '5']).xml, /timeout="30"/);
assert.match(call(['7']).plays.join(), /wrong.*main/);
assert.match(call(['', '', '']).xml, /quiet.ulaw<\/Play><Hangup\/>/);
// All of it, one piece behind the other, comes to the end and back to the menu.
let at = call(['1']);
let pieces = 0;
while (/pieces/.test(at.plays.join())) {
  pieces += 1;
  at = ask({ ...at.next, pressed: '' });
}
const all = line.articles.flatMap((a) => a.takes.find((t) => t.pace === 'normal').pieces);
assert.equal(pieces, all.length);
assert.deepEqual(at.plays, ['prompts/finished.ulaw', 'prompts/main.ulaw']);
console.log(`${pieces} pieces`);
