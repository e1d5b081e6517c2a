// 1.19.44 is of the series 1.19: releases of one series share the structure of the database.
filter { version -> version.tokenize('.').take(2).join('.') }
