/*
 * number_rule.h: phone, serial and ICCID numbers: read as people type them, shown as the portal shows them.
 * Whether a number exists is not decided here. domain.md, Words. Texts are valid UTF-8; the caller frees.
 */
#ifndef LINE_NUMBER_RULE_H
#define LINE_NUMBER_RULE_H

/* Read a whole phone number: 11 or 14 digits, full-width or not, with any hyphens, spaces and parentheses;
 * +81 stands for the leading 0. NULL if it is none. */
char *number_phone_read(const char *typed);

/* Show a phone number's digits: 3-4-4 or 3-4-7; other lengths as they are. The first writes to `buffer` where it has to
 * write at all. */
enum { NUMBER_PHONE_MOST = 17 };
const char *number_phone_show_in(char buffer[NUMBER_PHONE_MOST], const char *digits);
char *number_phone_show(const char *digits);

/* Read a part of a phone number for a search: 1 to 14 digits written as above. NULL if it holds anything
 * else. */
char *number_phone_part(const char *typed);

/* Read a serial number: two letters and 8 to 18 letters or digits, upper-cased, full-width ones folded.
 * NULL if it is none. */
char *number_serial_read(const char *typed);

/* Read a part of a serial number for a search: 1 to 20 letters or digits, folded likewise. */
char *number_serial_part(const char *typed);

/* Read an ICCID: 19 or 20 digits, hyphens, spaces and the F that pads 19 to 20 dropped. NULL if it is none. */
char *number_iccid_read(const char *typed);

/* What is wrong with an ICCID that can be read: its last digit does not check the others (Luhn), or a spreadsheet has
 * kept fifteen digits and made zeros of the others. Zeros are believed where the digits did not come as a bare number:
 * as ="...", behind a ', with an F. */
enum number_iccid_fault { NUMBER_ICCID_GOOD, NUMBER_ICCID_ROUNDED, NUMBER_ICCID_CHECK_DIGIT };
enum number_iccid_fault number_iccid_check(const char *typed, const char *digits);

#endif
