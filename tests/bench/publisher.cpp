// siaga_bench_publisher: an agency that publishes alerts at an even pace and times their receipts.
//
// usage: siaga_bench_publisher BROKER_URL AGENCY PREFIX COUNT PER_SECOND EVENT SEVERITY URGENCY
// [SECONDS]
//   Prints a JSON line per alert {"id", "published_ns", "receipt_ns"} and, at the end, the figures
//   of publish to receipt. EVENT gets the alert's number appended, so that texts can be matched to
//   alerts. Exit 1 when a receipt is missing after SECONDS (default 20).
#include <chrono>
#include <condition_variable>
#include <cstring>
#include <map>
#include <mutex>
#include <thread>

#include "tests/bench/broker_client.hpp"
#include "tests/bench/figures.hpp"

namespace {

using siaga::bench::now_ns;

struct Wanted {
  std::string url, agency, prefix;
  int count = 0;
  double per_second = 1;
  std::string event, severity, urgency;
  int seconds = 20;
};

std::string local_time(std::time_t at) {
  at += 8 * 3600;
  std::tm parts{};
  gmtime_r(&at, &parts);
  char text[40];
  std::strftime(text, sizeof text, "%Y-%m-%dT%H:%M:%S+08:00", &parts);
  return text;
}

std::string alert(Wanted const& wanted, std::string const& id, int number) {
  auto const now = std::time(nullptr);
  return R"({"identifier":")" + id + R"(","sender":"bench@)" + wanted.agency +
         R"(.example","sent":")" + local_time(now) +
         R"(","status":"Actual","msgType":"Alert","scope":"Restricted","restriction":"petugas piket",)"
         R"("info":[{"language":"id","category":["Security"],"event":")" +
         wanted.event + std::to_string(number) + R"(","responseType":["Monitor"],"urgency":")" +
         wanted.urgency + R"(","severity":")" + wanted.severity +
         R"(","certainty":"Observed","expires":")" + local_time(now + 7200) +
         R"(","senderName":"Bench","headline":"Uji kecepatan","description":"Uji kecepatan gerbang.",)"
         R"("instruction":"Abaikan.","area":[{"areaDesc":"Kel. Lok Tuan","geocode":)"
         R"([{"valueName":"KEMENDAGRI","value":"64.74.01.1003"}]}]}]})";
}

std::string identifier_in(std::string const& receipt) {
  auto const start = receipt.find("\"identifier\":\"");
  if (start == std::string::npos) return "";
  auto const from = start + std::strlen("\"identifier\":\"");
  return receipt.substr(from, receipt.find('"', from) - from);
}

class Run {
 public:
  explicit Run(Wanted wanted) : wanted_(std::move(wanted)) {}

  int go() {
    // Two connections, as the floors are measured: on one, Nagle's rule would hold an alert back
    // until the broker has acknowledged our acknowledgement of a receipt, up to 40 ms.
    siaga::bench::BrokerClient ear(wanted_.url, "bench-receipts-" + wanted_.prefix,
                                   [this](std::string const&, std::string const& payload,
                                          std::int64_t at) { heard(payload, at); });
    siaga::bench::BrokerClient mouth(wanted_.url, "bench-publisher-" + wanted_.prefix,
                                     [](auto const&...) {});
    ear.subscribe("siaga/receipt/" + wanted_.agency);
    auto next = std::chrono::steady_clock::now();
    auto const gap = std::chrono::duration_cast<std::chrono::nanoseconds>(
        std::chrono::duration<double>(1.0 / wanted_.per_second));
    for (int i = 0; i < wanted_.count; ++i) {
      std::this_thread::sleep_until(next);
      next += gap;
      auto const id = wanted_.prefix + std::to_string(i);
      auto const payload = alert(wanted_, id, i);
      {
        std::lock_guard const lock(mutex_);
        published_[id] = now_ns();
      }
      mouth.publish("siaga/alert/" + wanted_.agency, payload);
    }
    return report();
  }

 private:
  void heard(std::string const& payload, std::int64_t at) {
    auto const id = identifier_in(payload);
    std::lock_guard const lock(mutex_);
    if (published_.contains(id) && payload.find("\"accepted\"") != std::string::npos)
      receipts_.emplace(id, at);
    all_.notify_all();
  }
  int report() {
    std::unique_lock lock(mutex_);
    bool const whole = all_.wait_for(lock, std::chrono::seconds(wanted_.seconds),
                                     [this] { return receipts_.size() == published_.size(); });
    std::vector<std::int64_t> samples;
    for (auto const& [id, at] : published_) {
      auto const receipt = receipts_.find(id);
      auto const receipt_ns = receipt == receipts_.end() ? 0 : receipt->second;
      if (receipt_ns > 0) samples.push_back(receipt_ns - at);
      std::printf("{\"id\":\"%s\",\"published_ns\":%lld,\"receipt_ns\":%lld}\n", id.c_str(),
                  static_cast<long long>(at), static_cast<long long>(receipt_ns));
    }
    siaga::bench::print_figures("publish_to_receipt", samples);
    return whole ? 0 : 1;
  }

  Wanted wanted_;
  std::mutex mutex_;
  std::condition_variable all_;
  std::map<std::string, std::int64_t> published_;
  std::map<std::string, std::int64_t> receipts_;
};

}  // namespace

int main(int argc, char** argv) {
  if (argc < 9) {
    std::fprintf(stderr,
                 "usage: siaga_bench_publisher BROKER_URL AGENCY PREFIX COUNT PER_SECOND EVENT "
                 "SEVERITY URGENCY [SECONDS]\n");
    return 64;
  }
  Wanted wanted{argv[1], argv[2], argv[3], std::stoi(argv[4]), std::stod(argv[5]),
                argv[6], argv[7], argv[8]};
  if (argc > 9) wanted.seconds = std::stoi(argv[9]);
  try {
    return Run(std::move(wanted)).go();
  } catch (std::exception const& error) {
    std::fprintf(stderr, "siaga_bench_publisher: %s\n", error.what());
    return 1;
  }
}
