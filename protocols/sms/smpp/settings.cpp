#include "protocols/sms/smpp/settings.hpp"

namespace siaga::sms {
namespace {

using S = SmppSettings;

void declare_account(FieldsOf<S>& f) {
  f.text("host", &S::host, "The SMSC's host name or address.").required();
  f.number("port", &S::port, "The SMSC's TCP port.").range(1, 65535);
  f.text("system_id", &S::system_id, "The account's name at the SMSC.").required();
  f.text("password", &S::password, "The account's password; better in password_file.").secret();
  f.text("password_file", &S::password_file, "A file whose first line is the account's password.")
      .path();
  f.text("system_type", &S::system_type,
         "The account's system type, where the carrier asks for one.");
  f.text("source", &S::source,
         "What officers see as the sender: a name of at most 11 characters, a short code, or a "
         "number with its plus.")
      .required();
  f.number("source_ton", &S::source_ton, "Type of number of the source; -1 = by its form.")
      .range(-1, 6);
  f.number("source_npi", &S::source_npi, "Numbering plan of the source; -1 = by its form.")
      .range(-1, 18);
  f.number("destination_ton", &S::destination_ton, "Type of number of the officers' numbers.")
      .range(0, 6);
  f.number("destination_npi", &S::destination_npi, "Numbering plan of the officers' numbers.")
      .range(0, 18);
  f.text("country_code", &S::country_code, "What a national number's leading 0 stands for.");
  f.text("bind", &S::bind,
         "One session for both ways (transceiver), or one to send and one to receive (pair).")
      .one_of({"transceiver", "pair"});
  f.number(
       "binds", &S::binds,
       "How many of them at once, where the contract allows it. Rate and order are the account's.")
      .range(1, 16);
  f.text("version", &S::version, "The SMPP version named when binding.").one_of({"3.4", "5.0"});
  f.flag("tls", &S::tls, "Whether the SMSC expects TLS from the first byte.");
  f.text("ca_file", &S::ca_file,
         "Certificates the SMSC's is checked against; empty = the system's.")
      .path();
  f.text("cert_file", &S::cert_file, "Our own certificate chain, where the SMSC asks for one.")
      .path();
  f.text("key_file", &S::key_file, "The key of cert_file; empty = in the same file.").path();
}

void declare_flow(FieldsOf<S>& f) {
  f.number("rate_per_s", &S::rate_per_s,
           "How many parts may be submitted; 0 = as many as the SMSC accepts.")
      .unit("parts/s")
      .range(0, 100000);
  f.number("window", &S::window,
           "How many submits may be unanswered at once on one session; fewer where the SMSC "
           "accepts fewer.")
      .unit("parts")
      .range(1, 1000);
  f.duration("enquire_every", &S::enquire_every,
             "How long the link may be silent before it is asked.")
      .range(1000, 600000);
  f.duration("response_timeout", &S::response_timeout,
             "How long an answer may take before the outcome counts as unknown.")
      .range(100, 600000);
  f.duration("connect_timeout", &S::connect_timeout, "How long connecting may take.")
      .range(100, 60000);
  f.duration("retry_refused", &S::retry_refused,
             "How long to wait after the SMSC refused name, password or rights.")
      .range(100, 3600000);
  f.text(
       "receipt_ids", &S::receipt_ids,
       "How receipts write message ids: as the answers do (same), in decimal where the answers are "
       "hexadecimal (decimal), the other way round (hex), or to be found out (auto).")
      .one_of({"auto", "same", "decimal", "hex"});
  f.list("error_codes", &S::error_codes,
         "The meaning of this carrier's error codes, where it differs: \"0x412=throttled\"; "
         "classes are throttled, link_fault, retry and permanent.");
  f.duration("query_after", &S::query_after,
             "How long a part of a life or urgent message may stay without a receipt before the "
             "SMSC is asked about it (query_sm); 0 = never. For carriers that lose receipts and "
             "allow the question.")
      .range(0, 3600000);
  f.duration("hold_receipts", &S::hold_receipts,
             "How long a receipt for a message not known yet is kept and tried again.")
      .range(0, 600000);
}

void declare_text(FieldsOf<S>& f) {
  f.text("charset", &S::charset, "The character set that the SMSC uses for data_coding 0.")
      .one_of({"gsm", "latin1", "ascii"});
  f.flag("transliterate", &S::transliterate,
         "Whether typographic quotes, dashes and spaces are written plainly to save parts.");
  f.flag(
      "plain_letters", &S::plain_letters,
      "Whether any letter and sign outside the link's alphabet is written in it where that saves "
      "a part: accents and pictures go, other digits, Greek and Cyrillic become Latin.");
  f.list("languages", &S::languages,
         "Whose national tables the carrier passes on, as ISO 639: texts the plain alphabet cannot "
         "write need fewer parts then. Only with charset gsm and long_text udh.");
  f.text(
       "long_text", &S::long_text,
       "How parts are joined: by a header in the text (udh), by options beside it (sar), or by the "
       "carrier, which gets the whole (payload).")
      .one_of({"udh", "sar", "payload"});
  f.text("flash", &S::flash,
         "Whether alerts of priority life are shown at once and not kept: by data_coding (dcs, "
         "0x10; f0, 0xF0, where a carrier knows only that, with charset gsm), by an option (tlv), "
         "or never (off). A text that is not kept cannot be looked up again.")
      .one_of({"off", "dcs", "f0", "tlv"});
  f.flag("replace", &S::replace,
         "Whether an update takes the place of the text before it on the phone, where it has one "
         "part. Of seven alerts at once two may share a place.");
  f.number("parts_max", &S::parts_max,
           "Most parts of one text: to fit, accents and pictures are dropped first, then words "
           "from its end, but never mark, level and code.")
      .unit("parts")
      .range(1, 16);
  f.number("reference_bits", &S::reference_bits,
           "Length of the number that joins parts, 8 or 16: the longer repeats later, and takes a "
           "character from each part. Only with long_text udh.")
      .range(8, 16);
}

FieldsOf<S> declared() {
  FieldsOf<S> f;
  declare_account(f);
  declare_flow(f);
  declare_text(f);
  return f;
}

}  // namespace

Fields const& SmppSettings::fields() {
  static FieldsOf<S> const all = declared();
  return all;
}

}  // namespace siaga::sms
