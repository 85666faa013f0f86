#pragma once
// 利用者のCSV: one line a person. Headings in any order: ログインID, 氏名, 役割, 担当顧問先コード,
// 最終利用日. Reading says everything that is wrong with a line and stops at none.
#include "auth/accounts.hpp"

#include <map>
#include <string>
#include <vector>

namespace enrolment {

inline constexpr std::size_t file_rows_max = 5'000;
inline constexpr std::size_t file_bytes_max = 4U << 20U;

struct Dictionary {                              // what words in the file mean
    std::map<std::string, std::string> roles;    // columns::word_key of a name or key → key
    std::map<std::string, std::int64_t> clients; // word_key of a code → id
};
Dictionary dictionary(
    std::vector<roles::Role> const& roles,
    std::vector<std::pair<std::string, std::int64_t>> const& client_codes
);

struct ReadRow {
    std::int64_t line = 0; // as a spreadsheet counts
    auth::NewAccount wanted;
    std::vector<FieldFault> faults; // of login_id, name, roles, client_ids, ends_on, or "" the line
    bool is_wrong(std::string_view field) const;
};

// Refused as a whole: no CSV, headings missing (account_file_headings, with them as fields), no
// rows, too many rows.
Result<std::vector<ReadRow>> read_accounts(std::string_view bytes, Dictionary const& words);

// The headings and two lines to write over, UTF-8 with its mark: spreadsheets open it right.
std::string account_file_template();

} // namespace enrolment
