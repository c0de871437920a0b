#include "gateway/app/rehearsal.hpp"

#include <algorithm>
#include <boost/asio/io_context.hpp>
#include <cctype>
#include <cstdio>
#include <optional>
#include <tuple>

#include "gateway/app/cautions.hpp"
#include "gateway/app/exposure.hpp"
#include "gateway/app/registry.hpp"
#include "gateway/app/system_clock.hpp"
#include "gateway/base/log.hpp"
#include "protocols/cap/settings.hpp"
#include "protocols/http/settings.hpp"
#include "protocols/mqtt/settings.hpp"

namespace siaga {
namespace asio = boost::asio;

namespace {

class NoReceipts final : public ReceiptSink {
 public:
  asio::awaitable<Result<void>> record(Receipt) override { co_return Result<void>(); }
};

class NoReplies final : public ReplySink {
 public:
  asio::awaitable<Result<void>> take(Reply) override { co_return Result<void>(); }
};

// A part names the key it stumbled over first: "url: names no host", "sink = 'x': wanted ...".
std::string first_word(std::string const& text) {
  auto const is_part = [](char c) {
    return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '_';
  };
  return {text.begin(), std::ranges::find_if_not(text, is_part)};
}

config::Problem problem_of(config::Settings const& settings, std::string const& part,
                           Error const& error) {
  auto detail = error.detail.empty() ? error.text() : error.detail;
  auto const header = "[" + part + "] ";
  if (detail.starts_with(header)) detail.erase(0, header.size());
  auto place = settings.places.find(part + "." + first_word(detail));
  if (place == settings.places.end()) place = settings.places.find(part);
  config::Problem problem;
  problem.file = settings.file;
  problem.line = problem.column = 1;
  if (place != settings.places.end()) {
    problem.file = place->second.file;
    problem.line = place->second.line;
    problem.column = place->second.column;
  }
  problem.what = header + detail;
  return problem;
}

std::string counted(std::size_t count, std::string const& one) {
  return std::to_string(count) + " " + one + (count == 1 ? "" : "s");
}

// A message may be as long as `bytes_max`, in its wrapper half as long again; topic and properties
// come on top. What is longer than a packet may be the broker drops, and nobody hears of it.
std::optional<Error> too_long_for_the_broker(config::Settings const& settings) {
  constexpr std::int64_t envelope = 1024;
  auto const& message = settings.section<cap::Settings>(std::string(cap::section_name));
  auto const packet = settings.section<mqtt::Settings>("mqtt").packet_bytes_max;
  auto const needed = cap::received_bytes_max(message) + envelope;
  if (needed <= packet) return std::nullopt;
  return Error(Errc::invalid_configuration,
               "bytes_max = " + std::to_string(message.bytes_max) + " needs packets of up to " +
                   std::to_string(needed) +
                   " bytes (half as much again for a wrapped message), but [mqtt] "
                   "packet_bytes_max is " +
                   std::to_string(packet) +
                   ": the broker would drop the longest alerts without a word; lower bytes_max or "
                   "raise packet_bytes_max");
}

bool stands_before(config::Problem const& left, config::Problem const& right) {
  return std::tie(left.line, left.column) < std::tie(right.line, right.column);
}

}  // namespace

struct Rehearsal::Stage {
  asio::io_context io{1};
  SystemClock clock;
  NoReceipts receipts;
  NoReplies replies;
};

Rehearsal::Rehearsal(config::Settings const& settings) : stage_(std::make_unique<Stage>()) {
  auto const& broker = settings.section<mqtt::Settings>("mqtt");
  if (auto const judged = mqtt::judge(broker); !judged)
    problems_.push_back(problem_of(settings, "mqtt", judged.error()));
  auto const advice = mqtt::connections_advice(broker, settings.grants.by_agency.size());
  if (!advice.empty()) {
    problems_.push_back(problem_of(settings, "mqtt", Error(Errc::invalid_configuration, advice)));
    problems_.back().warning = true;
  }
  judge_web(settings);
  if (auto const error = too_long_for_the_broker(settings))
    problems_.push_back(problem_of(settings, "cap", *error));
  for (auto const& wanted : settings.channels) {
    auto const* kind = channel_kind(wanted.kind);
    if (kind == nullptr) continue;
    ChannelContext const context{
        stage_->io.get_executor(), stage_->clock,   wanted.name,
        stage_->receipts,          stage_->replies, settings.gateway.data_dir};
    auto made = kind->make(wanted.settings, context);
    if (made)
      channels_[wanted.name] = std::move(*made);
    else
      problems_.push_back(problem_of(settings, "channel." + wanted.name.value, made.error()));
  }
}

Rehearsal::~Rehearsal() = default;

void Rehearsal::judge_web(config::Settings const& settings) {
  auto const& web = settings.section<http::Settings>("http");
  if (auto const judged = http::judge(web); !judged) {
    problems_.push_back(problem_of(settings, "http", judged.error()));
    return;
  }
  if (!web.probes.empty() || http::has_probes_too(web)) return;
  Error const nowhere(Errc::invalid_configuration,
                      "listen = \"" + web.listen +
                          "\" is reached by other machines, so /healthz and /metrics answer 404"
                          " there: set probes = \"127.0.0.1:9464\" to have them");
  problems_.push_back(problem_of(settings, "http", nowhere));
  problems_.back().warning = true;
}

Channel const* Rehearsal::channel(ChannelName const& name) const {
  auto const found = channels_.find(name);
  return found == channels_.end() ? nullptr : found->second.get();
}

config::Loaded load_configuration(std::string const& file) {
  auto loaded = config::load(file, schema());
  if (!loaded.usable()) return loaded;  // half-read settings would give problems of their own
  for (auto const& found :
       {Rehearsal(loaded.settings).problems(), exposed(loaded.settings), cautions(loaded.settings)})
    loaded.problems.insert(loaded.problems.end(), found.begin(), found.end());
  auto const beside = [&](config::Problem const& problem) { return problem.file == file; };
  auto const end = std::stable_partition(loaded.problems.begin(), loaded.problems.end(), beside);
  std::stable_sort(loaded.problems.begin(), end, stands_before);
  return loaded;
}

namespace {

std::string summary(config::Loaded const& loaded) {
  auto const is_error = [](config::Problem const& problem) { return !problem.warning; };
  auto const errors = static_cast<std::size_t>(std::ranges::count_if(loaded.problems, is_error));
  auto const& settings = loaded.settings;
  auto const warnings = counted(loaded.problems.size() - errors, "warning");
  if (!loaded.usable())
    return settings.file + ": " + counted(errors, "error") + ", " + warnings + '\n';
  auto text = settings.file + ": good";
  if (errors < loaded.problems.size()) text += ", " + warnings;
  return text + "; " + counted(settings.channels.size(), "channel") + ", " +
         std::to_string(settings.grants.by_agency.size()) + " agencies, " +
         counted(settings.directory->officers().size(), "officer") + ", " +
         counted(settings.routing.routes.size(), "route") + "; sha256 " + settings.hash + '\n';
}

}  // namespace

std::string report(config::Loaded const& loaded) {
  std::string text;
  for (auto const& problem : loaded.problems) text += problem.text() + '\n';
  return text + summary(loaded);
}

void tell(config::Loaded const& loaded) {
  if (!loaded.usable()) {
    std::fputs(report(loaded).c_str(), stderr);
    return;
  }
  for (auto const& problem : loaded.problems)
    log::warning("configuration_warning", {{"what", problem.text()}});
  std::fputs(summary(loaded).c_str(), stderr);
}

}  // namespace siaga
