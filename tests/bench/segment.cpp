// siaga_bench_segment: what a text of 300 characters costs from UTF-8 to its submit_sm PDUs, in
// processor time; medians of 15 rounds, a JSON line each.
//
// usage: siaga_bench_segment
//   gsm    in the default alphabet, two parts
//   ucs2   with a letter beyond it, five parts
#include <algorithm>
#include <array>
#include <cstdio>
#include <ctime>

#include "protocols/sms/smpp/encode.hpp"
#include "protocols/sms/text/segment.hpp"

namespace {

using namespace siaga::sms;

constexpr int rounds = 15;
constexpr int texts = 20000;

double processor_us() {
  timespec now{};
  clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
  return static_cast<double>(now.tv_sec) * 1e6 + static_cast<double>(now.tv_nsec) / 1e3;
}

std::size_t encode_text(std::string const& text, std::uint16_t reference, std::string& out) {
  auto const segments = segment(text, GsmOptions());
  std::string octets;
  for (std::size_t number = 1; number <= segments.parts.size(); ++number) {
    octets = part_header(segments, reference, number);
    octets += segments.parts[number - 1];
    Header header;
    header.command = Command::submit_sm;
    header.sequence = static_cast<std::uint32_t>(number);
    ShortMessage message;
    message.source = {5, 0, "SIAGA"};
    message.destination = {1, 1, "6281200000001"};
    message.esm_class = 0x40;
    message.data_coding = segments.coding == Coding::ucs2 ? 8 : 0;
    message.registered_delivery = 1;
    message.validity = "000000020000000R";
    message.text = octets;
    encode(out, header, message);
  }
  return segments.parts.size();
}

// 300 characters that begin with `first`.
std::string a_text(std::string const& first) {
  auto text = first;
  for (std::size_t characters = 1; characters < 300; ++characters)
    text += "Banjir di Kel. Lok Tuan, merapat. "[characters % 34];
  return text;
}

void measure(char const* name, std::string const& text) {
  std::string out;
  std::size_t parts = 0;
  std::array<double, rounds> us{};
  for (auto& round : us) {
    auto const began = processor_us();
    for (int i = 0; i < texts; ++i) {
      out.clear();
      parts = encode_text(text, static_cast<std::uint16_t>(i), out);
    }
    round = (processor_us() - began) / texts;
  }
  std::sort(us.begin(), us.end());
  std::printf("{\"name\":\"%s\",\"parts\":%zu,\"bytes\":%zu,\"us\":%.2f}\n", name, parts,
              out.size(), us[rounds / 2]);
}

}  // namespace

int main() {
  measure("gsm", a_text("B"));
  measure("ucs2", a_text("字"));
  return 0;
}
