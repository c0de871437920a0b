// Command: an agency's request to the gateway, once its message is understood; and the reasons if
// it was not.
//
// Place:  PayloadFormat::decode -> COMMAND -> authorise -> journal.
// Thread: values.
#pragma once

#include <boost/assert/source_location.hpp>
#include <boost/system/result.hpp>
#include <string>
#include <variant>
#include <vector>

#include "gateway/domain/alert.hpp"
#include "gateway/domain/ids.hpp"

namespace siaga {

// CAP Alert.
struct RaiseAlert {
  Alert alert;
};
// CAP Update: wholly replaces what it refers to.
struct ReplaceAlert {
  Alert alert;
};
// CAP Cancel.
struct CancelAlert {
  Alert alert;
};
// Kept in the log, tells nobody: CAP Ack, Error, and anything of status System.
struct NoteMessage {
  Alert alert;
};
using Command = std::variant<RaiseAlert, ReplaceAlert, CancelAlert, NoteMessage>;

Alert const& alert_of(Command const& command);
// Whether somebody is to be alerted: an Alert or an Update.
bool is_news(Command const& command);

// One broken rule, as the receipt shows it.
struct Reason {
  std::string path;  // JSON pointer, or XML element path with line and column
  std::string rule;  // stable id, e.g. "cap.sent.offset"
  std::string text;  // what is wrong with which value, what would be right; Indonesian / English
  std::string place =
      {};  // where the path ends in words of the sender: line and column, or a count
};

// Everything that was wrong, and what could be read of the message's identity.
struct Rejection {
  std::vector<Reason> reasons;
  std::string identifier;
  std::string sender;
  std::string incident;  // for ops, at once: "signature"; empty = the agency's own matter
  bool told = true;      // by a receipt; false: only the log and the quarantine say it

  Rejection() = default;
  explicit Rejection(Reason reason) { reasons.push_back(std::move(reason)); }
};

template <class T>
using Judged = boost::system::result<T, Rejection>;

[[noreturn]] void throw_exception_from_error(Rejection const& rejection,
                                             boost::source_location const& where);

}  // namespace siaga
