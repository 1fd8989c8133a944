"""What a business offers and needs: categories, businesses, products, needs, catalogue, Excel import, links."""
