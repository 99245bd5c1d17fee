<?xml version="1.0" encoding="UTF-8"?>
<!--
  login: user name and password. What went wrong comes as notices and errors of the frame; a wrong login is
  one error without a field, so that nothing tells which of the two was wrong.

  <login action="/login">
    <language code="ja" href="/login?lang=ja&amp;next=%2Fsims"/><language code="en" href="…"/>     for the frame's head
    <hidden name="next" value="/sims"/>
    <field name="login_id" value="…" error="" required="1" max="64"/>
    <field name="password" error="" required="1"/>
  </login>
-->
<xsl:stylesheet version="1.0"
    xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
    xmlns:m="urn:simportal:message"
    exclude-result-prefixes="m">

  <xsl:template name="page.login">
    <form class="card stack" method="post" action="{@action}" novalidate="novalidate">
      <xsl:call-template name="csrf"/>
      <xsl:call-template name="hiddens"/>
      <p class="lead"><m:text key="login.lead"/></p>
      <xsl:call-template name="field">
        <xsl:with-param name="field" select="field[@name = 'login_id']"/>
        <xsl:with-param name="label" m:select="field.login-id"/>
        <xsl:with-param name="autocomplete" select="'username'"/>
      </xsl:call-template>
      <xsl:call-template name="field">
        <xsl:with-param name="field" select="field[@name = 'password']"/>
        <xsl:with-param name="label" m:select="field.password"/>
        <xsl:with-param name="type" select="'password'"/>
        <xsl:with-param name="autocomplete" select="'current-password'"/>
      </xsl:call-template>
      <p class="hint"><m:text key="form.required"/></p>
      <p class="buttons"><button class="primary"><m:text key="login.submit"/></button></p>
    </form>
    <section class="help">
      <h2><m:text key="login.help"/></h2>
      <dl>
        <dt><m:text key="login.help-mail"/></dt>
        <dd><m:text key="login.help-mail-text"/></dd>
        <dt><m:text key="login.help-id"/></dt>
        <dd><m:text key="login.help-id-text"/></dd>
      </dl>
    </section>
  </xsl:template>

</xsl:stylesheet>
