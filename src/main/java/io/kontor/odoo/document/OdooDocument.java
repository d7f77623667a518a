package io.kontor.odoo.document;

/** What is brought into Odoo: known there by an external id, and of one company. */
public interface OdooDocument {

  String externalId();

  OdooCompany company();
}
