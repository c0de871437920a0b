#include "protocols/sms/modem/at_fault.hpp"

#include <array>

#include "protocols/sms/modem/at_line.hpp"
#include "protocols/sms/modem/at_values.hpp"

namespace siaga::sms {
namespace {

struct Known {
  int code;
  SubmitFault fault;
  std::string_view words;
};

using enum SubmitFault;

constexpr auto cms_known = std::to_array<Known>({
    {1, message, "unassigned number"},
    {8, barred, "operator determined barring"},
    {10, barred, "call barred"},
    {17, network, "network failure"},
    {21, barred, "short message transfer rejected"},
    {22, network, "congestion"},
    {27, network, "destination out of service"},
    {28, message, "unidentified subscriber"},
    {29, barred, "facility rejected"},
    {30, message, "unknown subscriber"},
    {38, network, "network out of order"},
    {41, network, "temporary failure"},
    {42, network, "congestion"},
    {47, network, "resources unavailable"},
    {50, barred, "requested facility not subscribed"},
    {69, barred, "requested facility not implemented"},
    {95, message, "invalid message"},
    {96, message, "invalid mandatory information"},
    {111, network, "protocol error"},
    {127, network, "interworking"},
    {192, network, "service centre busy"},
    {193, barred, "no service centre subscription"},
    {194, network, "service centre system failure"},
    {195, message, "invalid short message entity address"},
    {196, message, "destination barred"},
    {197, message, "duplicate rejected"},
    {208, memory_full, "SIM message storage full"},
    {300, unknown, "modem failure"},
    {301, busy, "short message service of the modem reserved"},
    {302, unknown, "operation not allowed"},
    {303, message, "operation not supported"},
    {304, message, "invalid PDU mode parameter"},
    {305, message, "invalid text mode parameter"},
    {310, sim, "SIM not inserted"},
    {311, sim, "SIM PIN required"},
    {312, sim, "PH-SIM PIN required"},
    {313, sim, "SIM failure"},
    {cms_sim_busy, busy, "SIM busy"},
    {315, sim, "SIM wrong"},
    {316, sim, "SIM PUK required"},
    {317, sim, "SIM PIN2 required"},
    {318, sim, "SIM PUK2 required"},
    {320, unknown, "memory failure"},
    {cms_invalid_index, unknown, "invalid memory index"},
    {cms_memory_full, memory_full, "memory full"},
    {330, sim, "service centre address unknown"},
    {331, network, "no network service"},
    {332, network, "network timeout"},
    {cms_no_acknowledgement_expected, unknown, "no acknowledgement expected"},
    {cms_unknown, unknown, "unknown error"},
    {515, busy, "modem still starting"},
});

struct KnownCme {
  int code;
  std::string_view words;
};
constexpr auto cme_known = std::to_array<KnownCme>({
    {3, "operation not allowed"},
    {4, "operation not supported"},
    {cme_no_sim, "SIM not inserted"},
    {cme_pin_wanted, "SIM PIN required"},
    {cme_puk_wanted, "SIM PUK required"},
    {cme_sim_failure, "SIM failure"},
    {cme_sim_busy, "SIM busy"},
    {15, "SIM wrong"},
    {cme_wrong_password, "incorrect password"},
    {30, "no network service"},
    {100, "unknown"},
});

Known const* find_cms(int code) {
  for (auto const& known : cms_known)
    if (known.code == code) return &known;
  return nullptr;
}

template <class Table>
std::optional<int> by_words(Table const& table, std::string_view words) {
  for (auto const& known : table)
    if (same_text(known.words, words)) return known.code;
  return std::nullopt;
}

}  // namespace

SubmitFault fault_of_cms(int code) {
  auto const* known = find_cms(code);
  return known == nullptr ? unknown : known->fault;
}

std::string cms_text(int code) {
  auto const* known = find_cms(code);
  if (known == nullptr) return "error " + std::to_string(code);
  return std::string(known->words) + " (" + std::to_string(code) + ")";
}

std::optional<int> code_of_refusal(std::string_view line) {
  constexpr std::size_t kind_octets = 10;  // "+CMS ERROR"
  bool const of_message = line.size() > kind_octets && same_text(line.substr(0, 4), "+CMS");
  bool const of_modem = line.size() > kind_octets && same_text(line.substr(0, 4), "+CME");
  if (!of_message && !of_modem) return std::nullopt;
  auto const colon = line.find(':');
  if (colon == line.npos) return std::nullopt;
  auto const value = unquoted(line.substr(colon + 1));
  if (auto const code = number_of(value)) return code;
  return of_message ? by_words(cms_known, value) : by_words(cme_known, value);
}

}  // namespace siaga::sms
