-- 听报热线：FreeSWITCH 里读文章、收篇号、记位置的脚本。lua tingbao.lua 文件夹 状态
-- Reads articles, takes numbers and keeps places: `lua tingbao.lua FOLDER STATE`, where
-- FOLDER holds `sounds` and `freeswitch/line.lua`.
local folder, name = argv[1], argv[2]
local line = dofile(folder .. "/freeswitch/line.lua")
local rules, state = line.rules, line.states[name]
local pressed, reading

local function go(to)
  session:unsetInputCallback()
  session:transfer(line.id .. "_" .. to, "XML", "tingbao")
end

local function sound(file)
  return folder .. "/sounds/" .. file .. ".wav"
end

local function variable(key)
  local value = session:getVariable(key)
  if value == nil or value == "" then return nil end
  return value
end

-- While a prompt is told every key interrupts it; while an article is read, three of
-- them act on the sound.
function tingbao_key(_, kind, event)
  if kind ~= "dtmf" then return "" end
  if reading then
    local control = rules.reading[event.digit]
    if control == "back" then return "seek:-" .. rules.skip end
    if control == "forward" then return "seek:+" .. rules.skip end
    if control == "pause" then return "pause" end
    if control == "ignore" then return "" end
  end
  pressed = event.digit
  return "break"
end

-- Plays a sound; the key that ended it.
local function play(file, from)
  pressed = nil
  session:setInputCallback("tingbao_key", "")
  session:streamFile(sound(file), from or 0)
  session:unsetInputCallback()
  return pressed
end

local function tell(id)
  return play(line.prompts[id])
end

-- Places: realm `tingbao`, one entry a caller; `tingbao-optout` for those who declined.
local api = freeswitch.API()
local caller = (variable("caller_id_number") or ""):gsub("%D", "")

local function kept(realm)
  local value = api:execute("db", "select/" .. realm .. "/" .. caller)
  if caller == "" or value == nil or value == "" or value:sub(1, 4) == "-ERR" then return nil end
  return value
end

local function keep(article, pace, at)
  if caller == "" or kept("tingbao-optout") then return end
  if article == nil then
    api:execute("db", "delete/tingbao/" .. caller)
    return
  end
  local value = table.concat({ line.id, name, article, pace, at, os.time() }, ":")
  api:execute("db", "insert/tingbao/" .. caller .. "/" .. value)
end

local function place()
  local value = not kept("tingbao-optout") and kept("tingbao")
  if not value then return nil end
  local id, at_state, article, pace, at, time =
    value:match("^([^:]*):([^:]*):(%d+):(%a+):(%d+):(%d+)$")
  if id ~= line.id or os.time() - tonumber(time) > rules.remember then return nil end
  return { state = at_state, article = tonumber(article), pace = pace, at = tonumber(at) }
end

-- Which sentence is heard at a place.
local function sentence(take, at)
  local found = 1
  for n, start in ipairs(take.starts) do
    if start <= at then found = n end
  end
  return found
end

local paces = { "slow", "normal", "fast" }

local function beside(pace, step)
  for n, each in ipairs(paces) do
    if each == pace then return paces[n + step] end
  end
end

local function read()
  local pace = variable("tingbao_pace") or "normal"
  local at = tonumber(variable("tingbao_at") or "0")
  session:setVariable("tingbao_at", "0")
  local story = line.articles[state.article]
  local told -- the key that ended what was told
  while session:ready() do
    local take = story[pace]
    local key = told
    told = nil
    if key == nil then
      reading = true
      key = play(take.file, at)
      reading = false
      at = tonumber(variable("playback_last_offset_pos") or at) or at
      if not session:ready() then break end
      if key == nil then
        keep(nil)
        return go(state["end"])
      end
    end
    local control = rules.reading[key]
    if control == "back" then
      at = math.max(0, at - rules.skip * 8)
    elseif control == "forward" then
      at = at + rules.skip * 8
    elseif control == "pause" or control == "ignore" then
      -- What was told is over, the article goes on.
    elseif control == "repeat" then
      at = take.starts[sentence(take, math.max(0, at - rules.grace * 8))]
    elseif control == "slower" or control == "faster" then
      local other = beside(pace, control == "faster" and 1 or -1)
      if other then
        at = story[other].starts[sentence(take, at)]
        pace = other
        session:setVariable("tingbao_pace", pace)
      else
        told = tell(control == "faster" and rules.fastest or rules.slowest)
      end
    elseif control == "help" then
      told = tell(rules.reading_help)
    elseif control == "next" or control == "previous" or control == "up" then
      keep(state.article, pace, at)
      return go(state[control])
    else
      told = tell(rules.reading_wrong)
    end
  end
  keep(state.article, pace, at)
end

local function key_within(time)
  local key = session:getDigits(1, "", time)
  if key == nil or key == "" then return nil end
  return key
end

-- Says these one behind the other; the key that ended it.
local function says(list)
  for _, said in ipairs(list) do
    local file = line.prompts[said]
    if said == "@kept" then
      local there = place()
      file = there and line.prompts["title-" .. there.article]
    end
    local key = file and play(file)
    if key then return key end
  end
end

-- A menu; `key` was pressed before its words began.
local function ask(key)
  local silences = 0
  while session:ready() do
    key = key or says(state.say) or key_within(rules.wait)
    local typed = state.numbers and key and key:match("^[1-9]$")
    while typed and line.articles[tonumber(typed .. "0")] do
      local figure = key_within(rules.between)
      if not figure or not figure:match("%d") then break end
      typed = typed .. figure
    end
    if typed and line.articles[tonumber(typed)] then return go("one-" .. typed) end
    if key and not typed and state.keys[key] then return go(state.keys[key]) end
    if key then
      silences = 0
      key = tell(rules.wrong)
    else
      silences = silences + 1
      if silences >= rules.silences then return go(rules.quiet) end
      key = tell(rules.silent)
    end
  end
end

if state.does == "read" then
  read()
elseif state.does == "ask" then
  ask()
elseif state.does == "tell" then
  -- A key pressed meanwhile is one of the menu that follows.
  local key = says(state.say)
  if not key then return go(state.next) end
  name, state = state.next, line.states[state.next]
  ask(key)
elseif state.does == "recall" then
  go(place() and state.known or state.unknown)
elseif state.does == "resume" then
  local there = place()
  if there == nil then return go(line.start) end
  local take = line.articles[there.article][there.pace]
  session:setVariable("tingbao_pace", there.pace)
  session:setVariable("tingbao_at", tostring(take.starts[sentence(take, there.at)]))
  go(there.state)
elseif state.does == "forget" then
  if caller ~= "" then
    api:execute("db", "insert/tingbao-optout/" .. caller .. "/1")
    api:execute("db", "delete/tingbao/" .. caller)
  end
  go(state.next)
end
