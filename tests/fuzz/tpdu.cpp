// TPDUs and lines as a modem, a network or an attacker might hand them over: no bytes may crash the
// decoders, and what they take for a message is written and read again as the same.
#include <cstddef>
#include <cstdint>
#include <cstdlib>

#include "protocols/sms/text/reassembly.hpp"
#include "protocols/sms/tpdu/decode.hpp"
#include "protocols/sms/tpdu/encode.hpp"
#include "protocols/sms/tpdu/line.hpp"
#include "protocols/sms/tpdu/status.hpp"
#include "protocols/sms/tpdu/submits.hpp"

namespace {

using namespace siaga;
using namespace siaga::sms;
using namespace siaga::sms::tpdu;

void hold(bool holds) {
  if (!holds) std::abort();
}

Octets octets_in(std::string const& bytes) {
  return {reinterpret_cast<std::uint8_t const*>(bytes.data()), bytes.size()};
}

void read(tpdu::UserData const& data) {
  (void)text_of({coded_text_of(data)}, Charset::gsm);
  auto const joined = joined_of(data);
  if (!joined) return;
  hold(joined->number >= 1 && joined->number <= joined->total);
  Reassembly<int> parts;
  PartOrigin const origin{"from", "to"};
  for (unsigned number = 1; number < joined->total; ++number)
    hold(!parts.add(origin, {joined->reference, joined->total, static_cast<std::uint8_t>(number)},
                    coded_text_of(data), 0, SteadyTime()));
  hold(parts
           .add(origin, {joined->reference, joined->total, joined->total}, coded_text_of(data), 0,
                SteadyTime())
           .has_value());
}

// An enhanced validity is written in one of its several forms.
bool is_rewritten(Submit const& submit) {
  return std::holds_alternative<EnhancedValidity>(submit.validity);
}

void check(Deliver const& deliver) {
  read(deliver.data);
  hold(std::get<Deliver>(*decode_incoming(octets_in(encode(deliver)))) == deliver);
}

void check(StatusReport const& report) {
  if (report.data) read(*report.data);
  (void)status_text(report.status);
  hold(std::get<StatusReport>(*decode_incoming(octets_in(encode(report)))) == report);
}

void check(Submit const& submit) {
  read(submit.data);
  auto const again = std::get<Submit>(*decode_outgoing(octets_in(encode(submit))));
  hold(is_rewritten(submit) ? again.data == submit.data : again == submit);
}

void check(Command const& command) {
  hold(std::get<Command>(*decode_outgoing(octets_in(encode(command)))) == command);
}

void check_tpdu(Octets octets) {
  if (auto const incoming = decode_incoming(octets))
    std::visit([](auto const& tpdu) { check(tpdu); }, *incoming);
  if (auto const outgoing = decode_outgoing(octets))
    std::visit([](auto const& tpdu) { check(tpdu); }, *outgoing);
}

// Any text, cut, written, read and put together, in all languages' tables.
void check_text(std::string const& text, bool wide_reference) {
  GsmOptions options;
  options.wide_reference = wide_reference;
  for (std::uint8_t i = 1; i < languages_count; ++i) options.languages.add(language_of(i));
  auto const segments = segment(text, options);
  if (segments.parts.size() > 255) return;
  std::vector<CodedText> parts;
  for (auto const& submit : submits_of(segments, SubmitRules())) {
    check(submit);
    parts.push_back(coded_text_of(submit.data));
  }
  hold(text_of(parts, Charset::gsm) == text);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size) {
  check_tpdu({data, size});
  std::string_view const text(reinterpret_cast<char const*>(data), size);
  if (size > 1 && data[0] == 'T') {
    // A short one, over and over: what counts is where the parts end.
    auto const few = text_of(text.substr(1, 60), 8, Charset::gsm);
    std::string all;
    for (std::size_t i = 0; i <= size % 16; ++i) all += few;
    check_text(all, size % 2 == 0);
    return 0;
  }
  (void)address_of(text).has_value();
  if (auto const received = read_line(text)) check_tpdu(received->tpdu());
  if (auto const received = read_line(text, size / 2 - (size > 2 ? 1 : 0)))
    check_tpdu(received->tpdu());
  return 0;
}
