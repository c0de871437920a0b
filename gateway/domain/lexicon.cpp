#include "gateway/domain/lexicon.hpp"

#include <cstdio>

#include "gateway/domain/text.hpp"

namespace siaga {
namespace {

constexpr Lexicon words_id{
    .exercise = "LATIHAN",
    .test = "UJI COBA",
    .alert_title = "PERINGATAN",
    .update_title = "PEMUTAKHIRAN",
    .cancel_title = "PEMBATALAN",
    .closing_title = "SUDAH DITANGANI",
    .notice_title = "PEMBERITAHUAN",
    .levels = {"AWAS", "SIAGA", "WASPADA", "INFO"},
    .urgencies = {"SEGERA", "DALAM 1 JAM", "AKAN DATANG", "SELESAI", ""},
    .certainties = {"TERJADI", "KEMUNGKINAN BESAR", "MUNGKIN", "KECIL KEMUNGKINAN", ""},
    .responses = {"BERLINDUNG", "EVAKUASI", "BERSIAP", "LAKSANAKAN RENCANA", "HINDARI", "PANTAU",
                  "NILAI SITUASI", "AMAN", "TANPA TINDAKAN"},
    .months = {"Jan", "Feb", "Mar", "Apr", "Mei", "Jun", "Jul", "Agu", "Sep", "Okt", "Nov", "Des"},
    .ended = "Peringatan ini tidak berlaku lagi",
    .reply_accept = "Balas SIAP ",
    .reply_decline = " atau TOLAK ",
    .and_more = " dan ",
    .more_places = " wilayah lain",
};

constexpr Lexicon words_en{
    .exercise = "LATIHAN (EXERCISE)",
    .test = "UJI COBA (TEST)",
    .alert_title = "WARNING",
    .update_title = "UPDATE",
    .cancel_title = "CANCELLED",
    .closing_title = "IN HAND",
    .notice_title = "NOTICE",
    .levels = {"EXTREME", "SEVERE", "MODERATE", "INFO"},
    .urgencies = {"IMMEDIATE", "WITHIN 1 HOUR", "LATER", "OVER", ""},
    .certainties = {"OBSERVED", "LIKELY", "POSSIBLE", "UNLIKELY", ""},
    .responses = {"TAKE SHELTER", "EVACUATE", "PREPARE", "CARRY OUT THE PLAN", "AVOID", "MONITOR",
                  "ASSESS", "ALL CLEAR", "NO ACTION"},
    .months = {"Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"},
    .ended = "This warning is no longer in force",
    .reply_accept = "Reply OK ",
    .reply_decline = " or NO ",
    .and_more = " and ",
    .more_places = " more places",
};

}  // namespace

Lexicon const& indonesian() {
  return words_id;
}

Lexicon const& lexicon_for(std::string_view language) {
  auto const primary = language.substr(0, language.find('-'));
  return same_ignoring_case(primary, "en") ? words_en : words_id;
}

std::string local_text_in(Lexicon const& words, UtcTime time, ZoneName const& zone) {
  auto const local = std::chrono::floor<std::chrono::minutes>(time) + zone.offset;
  auto const day = std::chrono::floor<std::chrono::days>(local);
  std::chrono::year_month_day const date(day);
  std::chrono::hh_mm_ss const clock(local - day);
  std::array<char, 8> hour_minute{};
  std::snprintf(hour_minute.data(), hour_minute.size(), "%02d:%02d",
                static_cast<int>(clock.hours().count()) % 24,
                static_cast<int>(clock.minutes().count()) % 60);
  auto const month = words.months[static_cast<unsigned>(date.month()) - 1];
  return std::to_string(static_cast<unsigned>(date.day())) + ' ' + std::string(month) + ' ' +
         std::to_string(static_cast<int>(date.year())) + ' ' + hour_minute.data() +
         (zone.name.empty() ? "" : " " + zone.name);
}

}  // namespace siaga
