<?xml version="1.0" encoding="UTF-8"?>
<!--
  static-error: what nginx answers with when the program cannot; made once, at build time, from views/errors
  and the messages of both languages, since nobody is there to say which one is wanted.

  <static-error status="503" request-id="…">
    <text lang="ja" title="…" text="…" help="…" start="…" request-id-text="…"/><text lang="en" …/>
  </static-error>
-->
<xsl:stylesheet version="1.0"
    xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
    xmlns:m="urn:simportal:message"
    exclude-result-prefixes="m">

  <xsl:template name="page.static-error">
    <section class="card problem">
      <xsl:for-each select="text">
        <div lang="{@lang}">
          <h2><xsl:value-of select="@title"/></h2>
          <p><xsl:value-of select="@text"/></p>
          <p><xsl:value-of select="@help"/></p>
          <p class="hint"><xsl:value-of select="@request-id-text"/><code><xsl:value-of select="../@request-id"/></code></p>
          <p class="buttons"><a class="button" href="/"><xsl:value-of select="@start"/></a></p>
        </div>
      </xsl:for-each>
    </section>
  </xsl:template>

</xsl:stylesheet>
