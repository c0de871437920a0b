// SimModem's messages: sending, receipts, what comes from the network, storages.
#include <algorithm>
#include <charconv>

#include "tests/peers/modem/sim_modem.hpp"

namespace siaga::simmodem {
namespace {

constexpr std::string_view stamp = "62112341300082";  // 2026-11-23 14:03:00 +08:00

unsigned octet(std::string const& hex, std::size_t place) {
  unsigned value = 0;
  if (hex.size() < 2 * place + 2) return 0;
  std::from_chars(hex.data() + 2 * place, hex.data() + 2 * place + 2, value, 16);
  return value;
}

std::string hex_of(unsigned value) {
  constexpr char digits[] = "0123456789ABCDEF";
  return {digits[value >> 4U & 15U], digits[value & 15U]};
}

// The destination's octets of an SMS-SUBMIT: length in digits, type, digits.
std::string destination_of(std::string const& hex) {
  auto const at = 1 + octet(hex, 0) + 2;  // centre, first octet, reference
  auto const octets = 2 + (octet(hex, at) + 1) / 2;
  return hex.substr(std::min<std::size_t>(2 * at, hex.size()), 2 * octets);
}

// Its digits as people write them.
std::string number_of(std::string const& destination) {
  std::string number;
  for (std::size_t i = 4; i + 1 < destination.size(); i += 2) {
    number += destination[i + 1];
    number += destination[i];
  }
  if (!number.empty() && (number.back() == 'F' || number.back() == 'f')) number.pop_back();
  return number;
}

}  // namespace

// ---- sending

void SimModem::begin_submit(int octets) {
  ++counters.submits;
  if (locked()) return refuse_message(310, "SIM not inserted");
  if (options.no_prompt != 0 || faulty("prompt") || fail_submit()) return;
  expected_octets_ = static_cast<std::size_t>(std::max(octets, 1));
  injected("prompt");
  say("\r\n> ", options.prompt_delay);
}

bool SimModem::faulty(std::string_view kind) const {
  return options.fault_every > 0 && counters.submits % options.fault_every == 0 &&
         options.fault_kind == kind;
}

bool SimModem::fail_submit() {
  if (faulty("cms")) return refuse_message(500, "unknown error"), true;
  if (faulty("plain")) return error(), true;
  if (faulty("hang")) options.hang = 1;
  if (faulty("restart") || faulty("forget")) (void)obey(options.fault_kind, now_);
  return faulty("hang") || faulty("restart") || faulty("forget");
}

void SimModem::take_pdu() {
  auto const hex = std::exchange(input_, {});
  auto const octets = std::exchange(expected_octets_, 0);
  injected("pdu");
  if (hex.size() != 2 * (octets + 1 + octet(hex, 0)))
    return refuse_message(304, "invalid PDU mode parameter");
  if (options.no_result != 0 || faulty("result")) return;
  after(options.send_delay, [this, hex] { submit(hex); });
}

void SimModem::submit(std::string const& hex) {
  auto const number = number_of(destination_of(hex));
  if (!options.fault_number.empty() && number.find(options.fault_number) != number.npos)
    return break_down();
  bool const hit = options.cms_number.empty() || number.find(options.cms_number) != number.npos;
  if (options.cms != 0 && hit) {
    auto const code = static_cast<int>(options.cms);
    return refuse_message(code, code == 331 ? "no network service" : "unknown error");
  }
  submitted.push_back(hex);
  ++counters.accepted;
  reference_ = (reference_ + 1) % 256;
  if (faulty("lost")) return;
  ok("+CMGS: " + std::to_string(reference_));
  bool const wanted = (octet(hex, 1 + octet(hex, 0)) & 0x20U) != 0;
  if (wanted && options.receipts >= 0) schedule_receipt(hex, reference_);
}

// Nothing is said of the PDU any more.
void SimModem::break_down() {
  if (options.fault_kind == "hang") options.hang = 1;
  if (options.fault_kind == "restart" || options.fault_kind == "forget")
    (void)obey(options.fault_kind, now_);
}

void SimModem::schedule_receipt(std::string const& hex, int reference) {
  auto const report = "0006" + hex_of(static_cast<unsigned>(reference)) + destination_of(hex) +
                      std::string(stamp) + std::string(stamp) +
                      hex_of(static_cast<unsigned>(options.receipt_status));
  after_in_network(options.receipts, [this, report] { incoming(true, report); });
}

// ---- from the network

void SimModem::incoming(bool is_report, std::string hex) {
  network_.push_back({is_report, std::move(hex)});
  pass_on();
}

void SimModem::pass_on() {
  while (!network_.empty() && !unacknowledged_ && !locked() && options.hang == 0) {
    auto const next = network_.front();
    auto const how = next.is_report ? routing[3] : routing[1];
    bool const directly = routing[0] != 0 && (next.is_report ? how == 1 : how >= 2);
    if (!directly) {
      auto const name =
          next.is_report && how == 2 && dialect().storages.find("SR") != std::string::npos
              ? std::string("SR")
              : memory_;
      if (!store(name, next.hex)) return;
      network_.pop_front();
      continue;
    }
    network_.pop_front();
    auto const octets = std::to_string(next.hex.size() / 2 - 1 - octet(next.hex, 0));
    say("\r\n" + (next.is_report ? "+CDS: " + octets : "+CMT: ," + octets) + "\r\n" + next.hex +
            "\r\n",
        0);
    if (!acknowledges_) continue;
    unacknowledged_ = next;
    after(options.ack_limit, [this, delivery = ++delivery_] {
      if (!unacknowledged_ || delivery != delivery_) return;
      ++counters.sent_again;
      network_.push_front(*unacknowledged_);
      unacknowledged_.reset();
      if (options.deaf_without_ack != 0) routing.assign(5, 0);
      pass_on();
    });
  }
}

void SimModem::acknowledge(bool kept) {
  if (!unacknowledged_) return refuse_message(340, "no +CNMA acknowledgement expected");
  auto const delivered = std::exchange(unacknowledged_, std::nullopt);
  if (kept) {
    ++counters.acknowledged;
  } else {
    ++counters.refused;
    after_in_network(options.ack_limit, [this, again = *delivered] {
      ++counters.sent_again;
      incoming(again.is_report, again.hex);
    });
  }
  ok();
  pass_on();
}

// ---- storages

bool SimModem::store(std::string const& name, std::string const& hex) {
  auto& places = storages[name];
  if (static_cast<long>(places.size()) >= options.places) {
    say("\r\n" + std::string(dialect().full) + "\r\n", 0);
    return false;
  }
  int index = 1;
  while (places.contains(index)) ++index;
  places[index] = {0, hex};
  bool const is_report = name == "SR";
  auto const how = is_report ? routing[3] : routing[1];
  if (routing[0] != 0 && how != 0)
    say("\r\n" + std::string(is_report ? "+CDSI" : "+CMTI") + ": \"" + name + "\"," +
            std::to_string(index) + "\r\n",
        0);
  return true;
}

void SimModem::choose_storage(std::string const& names) {
  auto const quote = names.find('"', 1);
  auto const name = names.substr(1, quote == names.npos ? names.npos : quote - 1);
  if (dialect().storages.find('"' + name + '"') == std::string_view::npos)
    return refuse_message(302, "operation not allowed");
  memory_ = name;
  auto const fill = std::to_string(storages[name].size()) + "," + std::to_string(options.places);
  ok("+CPMS: " + fill + "," + fill + "," + fill);
}

void SimModem::list(std::string const& name) {
  ++counters.lists;
  if (options.hang_on_list != 0) {
    options.hang = 1;
    return;
  }
  for (auto& [index, stored] : storages[name]) {
    auto const octets = std::to_string(stored.hex.size() / 2 - 1 - octet(stored.hex, 0));
    line("+CMGL: " + std::to_string(index) + "," + std::to_string(stored.status) + ",," + octets +
         "\r\n" + stored.hex);
    if (stored.status == 0) stored.status = 1;
  }
  ok();
}

void SimModem::read(int index) {
  ++counters.reads;
  auto& places = storages[memory_];
  auto const found = places.find(index);
  if (found == places.end()) return refuse_message(321, "invalid memory index");
  auto& stored = found->second;
  auto const octets = std::to_string(stored.hex.size() / 2 - 1 - octet(stored.hex, 0));
  ok("+CMGR: " + std::to_string(stored.status) + ",," + octets + "\r\n" + stored.hex);
  if (stored.status == 0) stored.status = 1;
}

void SimModem::remove(int index) {
  counters.deleted += static_cast<int>(storages[memory_].erase(index));
  ok();
  pass_on();
}

}  // namespace siaga::simmodem
