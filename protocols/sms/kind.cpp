#include "protocols/sms/kind.hpp"

#include <algorithm>
#include <fstream>

#include "gateway/base/this_machine.hpp"
#include "protocols/sms/smpp/smpp_channel.hpp"
#include "protocols/sms/text/gsm.hpp"
#include "protocols/sms/text/language_names.hpp"

namespace siaga::sms {
namespace {

constexpr std::size_t credential_max = 64;
constexpr std::size_t name_max = 11;
constexpr std::size_t short_code_max = 6;

Result<std::string> password_of(SmppSettings const& settings) {
  if (settings.password_file.empty()) return settings.password;
  std::ifstream file(settings.password_file);
  std::string line;
  if (!file || !std::getline(file, line))
    return Error(Errc::file_unreadable,
                 "password_file " + settings.password_file + ": cannot read its first line");
  while (!line.empty() && (line.back() == '\r' || line.back() == ' ')) line.pop_back();
  return line;
}

bool all_digits(std::string_view text) {
  return !text.empty() &&
         std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
}

Result<Sender> sender_of(SmppSettings const& settings) {
  Sender sender;
  auto text = settings.source;
  if (text.size() > 1 && text.front() == '+' && all_digits(std::string_view(text).substr(1))) {
    sender = {text.substr(1), 1, 1};
  } else if (all_digits(text)) {
    bool const short_code = text.size() <= short_code_max;
    sender = {text, static_cast<std::uint8_t>(short_code ? 3 : 1),
              static_cast<std::uint8_t>(short_code ? 0 : 1)};
  } else {
    bool const ascii = std::all_of(text.begin(), text.end(), [](char c) {
      return static_cast<unsigned char>(c) < 0x80 && gsm_length(static_cast<unsigned char>(c)) == 1;
    });
    if (text.empty() || text.size() > name_max || !ascii)
      return Error(
          Errc::invalid_configuration,
          "source \"" + text +
              "\": a name has 1 to 11 plain characters, a number only digits after its plus");
    sender = {text, 5, 0};
  }
  if (sender.source.size() > 20)
    return Error(Errc::invalid_configuration, "source: a number has at most 20 digits");
  if (settings.source_ton >= 0) sender.ton = static_cast<std::uint8_t>(settings.source_ton);
  if (settings.source_npi >= 0) sender.npi = static_cast<std::uint8_t>(settings.source_npi);
  return sender;
}

std::optional<IdReading> reading_of(std::string const& word) {
  if (word == "same") return IdReading::same;
  if (word == "decimal") return IdReading::answers_hex;
  if (word == "hex") return IdReading::answers_decimal;
  return std::nullopt;
}

SubmitForm form_of(SmppSettings const& settings) {
  SubmitForm form;
  if (settings.long_text == "sar") form.joining = Joining::options;
  if (settings.long_text == "payload") form.joining = Joining::payload;
  if (settings.flash == "dcs") form.flash = Flash::coding;
  if (settings.flash == "f0") form.flash = Flash::group;
  if (settings.flash == "tlv") form.flash = Flash::option;
  form.replaces = settings.replace;
  return form;
}

// National tables are named in the header of the text, so there must be one.
Result<Languages> languages_of(SmppSettings const& settings) {
  bool const can = settings.charset == "gsm" && settings.long_text == "udh";
  if (!settings.languages.empty() && !can)
    return Error(Errc::invalid_configuration,
                 "languages: only with charset = \"gsm\" and long_text = \"udh\"");
  return languages_named(settings.languages);
}

std::vector<Role> binds_of(SmppSettings const& settings) {
  std::vector<Role> roles;
  for (std::int64_t i = 0; i < settings.binds; ++i) {
    if (settings.bind == "pair") {
      roles.push_back(Role::transmitter);
      roles.push_back(Role::receiver);
    } else {
      roles.push_back(Role::transceiver);
    }
  }
  return roles;
}

Result<SmppAccount> account_of(SmppSettings const& settings) {
  auto password = password_of(settings);
  if (!password) return password.error();
  auto sender = sender_of(settings);
  if (!sender) return sender.error();
  std::string const* const credentials[] = {&settings.system_id, &password.value(),
                                            &settings.system_type};
  for (auto const* text : credentials)
    if (text->size() > credential_max || text->find('\0') != std::string::npos)
      return Error(Errc::invalid_configuration,
                   "system_id, password and system_type have at most 64 characters each");
  if (!all_digits(settings.country_code))
    return Error(Errc::invalid_configuration, "country_code is written in digits, e.g. \"62\"");

  bool const wide = settings.reference_bits == 16;
  if (!wide && settings.reference_bits != 8)
    return Error(Errc::invalid_configuration, "reference_bits is 8 or 16");
  if (wide && settings.long_text != "udh")
    return Error(Errc::invalid_configuration, "reference_bits = 16: only with long_text = \"udh\"");
  if (settings.flash == "f0" && settings.charset != "gsm")
    return Error(Errc::invalid_configuration,
                 "flash = \"f0\": only with charset = \"gsm\", the alphabet it names");

  SmppAccount account;
  account.settings = settings;
  account.rules.system_id = settings.system_id;
  account.rules.password = *password;
  account.rules.system_type = settings.system_type;
  account.rules.interface_version = settings.version == "5.0" ? 0x50 : 0x34;
  account.binds = binds_of(settings);
  account.rules.window = static_cast<std::size_t>(settings.window);
  account.rules.response_timeout = settings.response_timeout;
  account.rules.enquire_every = settings.enquire_every;
  account.sender = *sender;
  account.compose.charset = settings.charset == "latin1"  ? Charset::latin1
                            : settings.charset == "ascii" ? Charset::ascii
                                                          : Charset::gsm;
  account.compose.transliterate = settings.transliterate;
  account.compose.plain_letters = settings.plain_letters;
  account.compose.wide_reference = wide;
  account.compose.parts_max = static_cast<std::size_t>(settings.parts_max);
  auto languages = languages_of(settings);
  if (!languages) return languages.error();
  account.compose.languages = *languages;
  auto codes = CarrierCodes::read(settings.error_codes);
  if (!codes) return codes.error();
  account.sender.codes = std::move(*codes);
  account.sender.destination_ton = static_cast<std::uint8_t>(settings.destination_ton);
  account.sender.destination_npi = static_cast<std::uint8_t>(settings.destination_npi);
  account.form = form_of(settings);
  account.inbound.charset = account.compose.charset;
  account.inbound.country_code = settings.country_code;
  account.inbound.reading = reading_of(settings.receipt_ids);
  account.inbound.hold = settings.hold_receipts;
  return account;
}

Result<std::unique_ptr<Channel>> make(std::any const& settings, ChannelContext context) {
  auto account = account_of(std::any_cast<SmppSettings const&>(settings));
  if (!account) {
    auto error = account.error();
    error.detail = "[channel." + context.name.value + "] " + error.detail;
    return error;
  }
  return std::make_unique<SmppChannel>(std::move(*account), std::move(context));
}

}  // namespace

namespace {

Cautions smpp_cautions(std::any const& any_settings) {
  auto const& settings = std::any_cast<SmppSettings const&>(any_settings);
  Cautions cautions;
  if (!settings.tls && !stays_on_this_machine(settings.host))
    cautions.push_back({Caution::Of::clear_text, "host", "texts and the password to the SMSC"});
  return cautions;
}

}  // namespace

ChannelKind smpp_kind() {
  ChannelKind kind;
  kind.kind = "smpp";
  kind.address_key = "sms";
  kind.fields = &SmppSettings::fields();
  kind.default_settings = [] { return std::any(SmppSettings{}); };
  kind.settings_of = [](std::any& settings) -> void* {
    return std::any_cast<SmppSettings>(&settings);
  };
  kind.make = &make;
  kind.cautions = &smpp_cautions;
  return kind;
}

}  // namespace siaga::sms
