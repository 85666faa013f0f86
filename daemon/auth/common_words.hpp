#pragma once
// The words that whoever guesses passwords tries first.
#include <string>
#include <string_view>

namespace auth {

std::string_view common_words(); // one a line; embedded by cmake/embed_words.cmake

// The text as those who guess see it: letter case and the usual substitutions undone (@ is a, 0 is
// o, 3 is e, $ is s), byte for byte. 1, i and l are one letter.
std::string as_guessed(std::string_view text);

// Whether it is a common word and no more: as it stands or several times over, with digits and
// punctuation before and behind. A sentence that merely has such a word in it is fine.
bool is_common(std::string_view password);

} // namespace auth
