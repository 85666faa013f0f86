// Setup codes and the rules a password must meet before it is hashed.
#include "auth/accounts.hpp"
#include "base/random.hpp"
#include "crypto/hash.hpp"
#include "domain/text.hpp"

#include <algorithm>
#include <array>
#include <set>

namespace auth {

namespace {

constexpr std::size_t password_characters_min = 15; // the only factor for now: ASVS 6.2.1
constexpr std::size_t password_characters_max = 128;

// 26 letters, 16 of them a code: 75 bits. No 0/O, 1/I/L, 8/B, U/V: typed from paper.
constexpr std::string_view code_letters = "ACDEFGHJKMNPQRSTWXYZ234567";

std::string lower(std::string_view text)
{
    std::string out{text};
    std::transform(out.begin(), out.end(), out.begin(), [](unsigned char c) {
        return c < 0x80 ? static_cast<char>(std::tolower(c)) : static_cast<char>(c);
    });
    return out;
}

bool few_letters(std::string_view text) // "aaaaaaaaaaaaaaa", "121212121212121"
{
    std::set<char> const letters{text.begin(), text.end()};
    return letters.size() < 5;
}

bool one_run(std::string_view text) // "abcdefghijklmno", "123456789012345"
{
    std::size_t steps = 0;
    for (std::size_t i = 1; i < text.size(); ++i) {
        int const step = text[i] - text[i - 1];
        if (step == 1 || step == -1 || (text[i - 1] == '9' && text[i] == '0')) ++steps;
    }
    return steps + 2 >= text.size();
}

} // namespace

std::string new_setup_code()
{
    std::string code;
    while (code.size() < 19) {
        if (code.size() % 5 == 4) {
            code.push_back('-');
            continue;
        }
        Byte byte = 0;
        base::fill_random({&byte, 1});
        if (byte >= code_letters.size() * 9) continue; // no letter is likelier than another
        code.push_back(code_letters[byte % code_letters.size()]);
    }
    return code;
}

Bytes setup_code_hash(std::string_view code)
{
    std::string folded;
    for (char const c : domain::half_width(code))
        if (std::isalnum(static_cast<unsigned char>(c)) != 0)
            folded.push_back(static_cast<char>(std::toupper(static_cast<unsigned char>(c))));
    auto const hash = crypto::sha256(base::as_bytes(folded));
    return {hash.begin(), hash.end()};
}

std::vector<FieldFault>
password_faults(std::string_view password, std::string_view login_id, std::string_view office_name)
{
    auto const characters = domain::length(password);
    if (characters < password_characters_min) return {{"password", "password_too_short"}};
    if (characters > password_characters_max) return {{"password", "password_too_long"}};
    SecretText const kept{lower(password)};
    auto const folded = kept.view();
    bool obvious = few_letters(folded) || one_run(folded);
    for (auto const& word : {lower(login_id), lower(office_name)})
        obvious = obvious || (word.size() >= 4 && folded.find(word) != std::string_view::npos);
    for (auto const* word : {"kuramori", "password", "sharoushi", "qwertyuiop"})
        obvious = obvious || folded.find(word) != std::string_view::npos;
    if (obvious) return {{"password", "password_too_obvious"}};
    return {};
}

} // namespace auth
