<?xml version="1.0" encoding="UTF-8"?>
<!--
  line-esim: the activation code of one eSIM, after it was asked for. Answers a POST only, so that no address
  leads here.

  <line-esim phone="…" serial="…" code="LPA:1$host$id" back="/sims/12">
    <qr size="33" path="M0 0h7v1h-7z…"/>            size in modules, without margin; path: the dark ones
  </line-esim>
-->
<xsl:stylesheet version="1.0"
    xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
    xmlns:m="urn:simportal:message"
    exclude-result-prefixes="m">

  <xsl:template name="page.line-esim">
    <section class="card">
      <p class="subject">
        <strong><xsl:value-of select="@phone"/></strong>
        <span><xsl:value-of select="@serial"/></span>
      </p>
      <p class="notice warning"><m:text key="esim.warning"/></p>
      <div class="esim">
        <div>
          <h2><m:text key="esim.qr"/></h2>
          <!-- Four modules of margin on each side: readers need them. -->
          <svg class="qr" viewBox="-4 -4 {qr/@size + 8} {qr/@size + 8}" role="img" m:aria-label="esim.qr" shape-rendering="crispEdges">
            <path d="{qr/@path}"></path>
          </svg>
          <p class="hint"><m:text key="esim.qr-help"/></p>
        </div>
        <div>
          <h2><m:text key="esim.code"/></h2>
          <p><code class="code"><xsl:value-of select="@code"/></code></p>
          <p class="hint"><m:text key="esim.code-help"/></p>
        </div>
      </div>
    </section>
    <p class="back"><a href="{@back}"><m:text key="esim.back"/></a></p>
  </xsl:template>

</xsl:stylesheet>
