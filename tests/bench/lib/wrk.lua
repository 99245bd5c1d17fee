-- wrk.lua: what scripts/bench has wrk ask for: the paths of a file in turn, and between two requests of one
-- connection a pause of THINK milliseconds on average when that is more than 0. Says the results as one JSON object.
-- Arguments: FILE THINK
local asked, at, think = {}, 0, 0

local function pause()
    return math.floor(think * 2 * math.random())
end

function init(arguments)
    for path in io.lines(arguments[1]) do
        asked[#asked + 1] = wrk.format("GET", path)
    end
    think = tonumber(arguments[2])
    if think > 0 then
        math.randomseed(20261125)
        delay = pause
    end
end

function request()
    at = at % #asked + 1
    return asked[at]
end

function done(summary, latency)
    local faults = summary.errors
    io.write(string.format(
        '{"requests":%d,"us":%d,"bytes":%d,"p50":%d,"p99":%d,"faults":%d}\n',
        summary.requests, summary.duration, summary.bytes, latency:percentile(50), latency:percentile(99),
        faults.connect + faults.read + faults.write + faults.status + faults.timeout))
end
