// Options of the test modem: every behaviour and fault, settable at start and while it runs.
//
// Place:  command line (--KEY VALUE) and control (set KEY VALUE) -> OPTIONS -> SimModem.
// See:    help() for every key.
#pragma once

#include <string>
#include <string_view>

namespace siaga::simmodem {

struct Options {
  std::string dialect = "quectel";  // huawei, simcom, quectel, cinterion
  std::string link;                 // a name for the port that stays when it is plugged in again
  long control = 0;                 // port on 127.0.0.1
  long echo = 1;                    // until ATE0
  std::string pin;                  // "" = the SIM wants none
  long pin_tries = 3;
  std::string sim = "ready";  // ready, absent, puk, busy
  long reg = 1;               // <stat> of +CREG and +CEREG
  long csq = 20;
  std::string centre = "+62811000000";
  long places = 20;        // of each storage
  long answer_delay = 0;   // ms
  long prompt_delay = 0;   // ms
  long send_delay = 0;     // ms between the PDU and +CMGS
  long no_prompt = 0;      // 1 = +CMGS never gets its prompt
  long no_result = 0;      // 1 = the PDU never gets its result
  long hang = 0;           // 1 = answers nothing at all; ended by a reset that helps
  long hang_on_list = 0;   // 1 = hangs at AT+CMGL
  long reset_helps = 1;    // AT+CFUN=1,1 ends a hang
  long cms = 0;            // +CMS ERROR for every submit; 0 = accepted
  std::string cms_number;  // ... only to numbers with these digits in them
  long fault_every = 0;    // of the submits; 0 = none
  std::string fault_kind = "cms";
  std::string fault_number;
  long csms = 1;              // 0 = cannot wait for acknowledgements
  long error_text = 0;        // 1 = errors in words
  long receipts = -1;         // ms until a status report; -1 = none
  long receipt_status = 0;    // TP-ST
  long ack_limit = 15000;     // ms until what was not acknowledged comes again
  long deaf_without_ack = 0;  // 1 = and the modem stops to tell of anything
  long chatter = 0;           // ms between unsolicited lines of no interest; 0 = none
  long boot = 2000;           // ms after a reset until it answers
  long replug = 0;            // 1 = the port goes away while it boots

  // Empty = done; else what is wrong.
  std::string set(std::string_view key, std::string_view value);
};

std::string help();

}  // namespace siaga::simmodem
