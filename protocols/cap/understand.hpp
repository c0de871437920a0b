// understand: a Document's tree into an Alert, checking each value on the way; then the conditions
// between values. One rule set for both forms.
//
// Place:  reader -> Document -> UNDERSTAND -> Alert -> Command.
// Thread: any; pure.
// Errors: faults go into the document; the Alert is worth something only when it has none.
#pragma once

#include "gateway/domain/alert.hpp"
#include "protocols/cap/document.hpp"
#include "protocols/cap/settings.hpp"

namespace siaga::cap {

// Advice costs time and refuses nothing: lint asks for it, decode does not.
enum class Rigour { refusals, advice_too };

Alert understand(Document& document, Settings const& settings, Rigour rigour);

// What understand() calls last: rules between elements, between blocks, and the gateway's own.
void judge_conditions(Document& document, Alert const& alert, Settings const& settings,
                      Rigour rigour);

}  // namespace siaga::cap
