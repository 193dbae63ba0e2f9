-- A caller for the FreeSWITCH script: lua session.lua FOLDER NUMBER KEYS. Goes from
-- state to state as the dialplan would, and prints what is played and where it ends.
-- KEYS: a key each; `t` presses nothing; `+` lets an article play for ten seconds;
-- `^` before a key presses it while a prompt is told.
local folder, number, keys = arg[1], arg[2], arg[3]
local line = dofile(folder .. "/freeswitch/line.lua")
local store, at_key, hung_up, to = {}, 0, false, nil
local variables = { caller_id_number = number }

local function pressed()
  at_key = at_key + 1
  if at_key > #keys then
    hung_up = true
    return "t"
  end
  return keys:sub(at_key, at_key)
end

local callback
session = {
  getVariable = function(_, key) return variables[key] end,
  setVariable = function(_, key, value) variables[key] = value end,
  setInputCallback = function(_, name) callback = name end,
  unsetInputCallback = function() callback = nil end,
  ready = function() return not hung_up end,
  transfer = function(_, number_) to = number_ end,
  getDigits = function()
    local key = pressed()
    return key ~= "t" and key or ""
  end,
  streamFile = function(_, file, from)
    local name = file:match("sounds/(.*)%.wav$")
    assert(io.open(file, "rb"), file):close()
    print(name .. " " .. from)
    local at = from
    if not name:match("^articles/") then
      if keys:sub(at_key + 1, at_key + 1) == "^" then
        at_key = at_key + 1
        local result = _G[callback](session, "dtmf", { digit = pressed() })
        assert(result == "break", result)
        print("  interrupted")
      end
      return
    end
    while true do
      local key = pressed()
      if hung_up then break end
      if key == "t" then
        variables.playback_last_offset_pos = tostring(at)
        return
      end
      if key == "+" then
        at = at + 80000
      else
        local result = _G[callback](session, "dtmf", { digit = key })
        local step = result:match("^seek:([+-]%d+)$")
        if step then
          at = math.max(0, at + tonumber(step) * 8)
          print("  " .. result .. " " .. at)
        elseif result == "pause" then
          print("  pause")
        elseif result == "" then
          print("  nothing")
        else
          break
        end
      end
    end
    variables.playback_last_offset_pos = tostring(at)
  end,
}
freeswitch = {
  API = function()
    return {
      execute = function(_, _, command)
        local verb, realm, key, value = command:match("^(%a+)/([^/]+)/([^/]+)/?(.*)$")
        key = realm .. "/" .. key
        if verb == "insert" then store[key] = value end
        if verb == "delete" then store[key] = nil end
        return store[key] or ""
      end,
    }
  end,
}

local function run(state)
  argv = { folder, state }
  to = nil
  dofile(folder .. "/freeswitch/tingbao.lua")
  return to and to:gsub("^" .. line.id .. "_", "")
end

local state = arg[4]
while state and line.states[state] and not hung_up do
  print("[" .. state .. "]")
  state = run(state)
end
print("-> " .. tostring(state))
for key, value in pairs(store) do print(key .. " = " .. value:gsub(":%d+$", "")) end
