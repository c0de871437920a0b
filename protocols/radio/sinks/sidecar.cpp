#include <boost/json.hpp>

#include "protocols/radio/sinks/sink.hpp"

namespace siaga::radio {
namespace json = boost::json;
namespace {

std::int64_t ms_of(std::size_t samples, int rate_hz) {
  return static_cast<std::int64_t>(samples) * 1000 / rate_hz;
}

// The segments of one keying; `at` counts samples from the start of the file.
json::array segments_of(Keying const& keying, std::size_t at, int rate_hz) {
  json::array segments;
  for (auto const& segment : keying) {
    json::object row;
    row["kind"] = to_word(segment.kind);
    row["start_ms"] = ms_of(at, rate_hz);
    row["length_ms"] = ms_of(segment.samples, rate_hz);
    if (segment.kind == SegmentKind::voice) row["text"] = segment.utterance;
    segments.push_back(std::move(row));
    at += segment.samples;
  }
  return segments;
}

}  // namespace

std::string sidecar_of(Broadcast const& broadcast) {
  auto const& plan = broadcast.plan;
  json::array keyings;
  std::size_t at = 0;
  for (std::size_t i = 0; i < plan.keyings.size(); ++i) {
    auto const samples = samples_of(plan.keyings[i]);
    json::object row;
    row["start_ms"] = ms_of(at, plan.rate_hz);
    row["length_ms"] = ms_of(samples, plan.rate_hz);
    if (i < broadcast.aired.size()) {
      row["ptt_up"] = to_rfc3339(broadcast.aired[i].ptt_up, std::chrono::minutes(0));
      row["ptt_down"] = to_rfc3339(broadcast.aired[i].ptt_down, std::chrono::minutes(0));
    }
    row["segments"] = segments_of(plan.keyings[i], at, plan.rate_hz);
    keyings.push_back(std::move(row));
    at += samples + plan.pause_samples;
  }
  json::object all;
  all["name"] = broadcast.name;
  all["kind"] = broadcast.kind;
  all["mark"] = broadcast.mark;
  all["callsign"] = broadcast.callsign;
  all["rate_hz"] = plan.rate_hz;
  all["length_ms"] = plan.length().count();
  all["texts"] = json::array(broadcast.texts.begin(), broadcast.texts.end());
  all["keyings"] = std::move(keyings);
  return json::serialize(all) + '\n';
}

}  // namespace siaga::radio
