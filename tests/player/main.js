// node main.js: every test of the player. EDITIONS names the folder with the exports,
// SHOTS a folder for pictures of what was looked at.
'use strict';

const { after } = require('node:test');
const { quit } = require('./lib');

require('./page.test');
require('./plain.test');
require('./sound.test');
require('./follow.test');
require('./keyboard.test');
require('./looks.test');
require('./checkers.test');

after(quit);
