/** What the modules about files share: asking a host about paths, and replacing them safely. */
package dev.molt.runner.module.files;
